//! Where attachments are put so that a gateway can fetch them: storage that speaks the S3 protocol; and fetching what lies
//! under an address, carefully.
