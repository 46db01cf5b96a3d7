/* Stands between a program and its files (LD_PRELOAD), for the tests beside it: it writes down in order what is done to the
 * files below one folder and what leaves over the network, or lets an operation fail as a full or broken disk would.
 *
 * RECADO_SHIM_ROOT     the folder
 * RECADO_SHIM_MARKS    a file: each write to it is a mark in the trace
 * RECADO_SHIM_TRACE    where the trace goes; without it nothing is written down
 * RECADO_SHIM_COUNTER  a file of 256 bytes: how many operations there were, how many failed, and the first that did
 * RECADO_SHIM_ERRNO    with which error operations fail; RECADO_SHIM_FAIL_AT the first, RECADO_SHIM_FAIL_COUNT how many
 *
 * Nothing is really synced: what that promises is looked at in the trace. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE, IN_ROOT, MARKS, ACCEPTED, CONNECTED };
enum record {
    OPEN = 1, CLOSE, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, MAKE_FOLDER, REMOVE_FOLDER, LINK, SENT, RECEIVED, MARK, ACCEPT,
    CONNECT
};

#define DESCRIPTORS 65536
static unsigned char kinds[DESCRIPTORS];
static char *paths[DESCRIPTORS];
static const char *root, *marks;
static size_t root_length;
static int trace = -1;
static int failing_with;
static uint64_t fail_at, fail_count;
static struct { uint64_t operations, failed; char first[240]; } unshared, *counter = &unshared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...) \
    static result (*real_##name)(__VA_ARGS__); \
    static void find_##name(void) { if (!real_##name) real_##name = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name); }

REAL(int, open64, const char *, int, ...)
REAL(int, openat64, int, const char *, int, ...)
REAL(int, close, int)
REAL(ssize_t, read, int, void *, size_t)
REAL(ssize_t, readv, int, const struct iovec *, int)
REAL(ssize_t, pread64, int, void *, size_t, off64_t)
REAL(ssize_t, recv, int, void *, size_t, int)
REAL(ssize_t, write, int, const void *, size_t)
REAL(ssize_t, writev, int, const struct iovec *, int)
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)
REAL(ssize_t, send, int, const void *, size_t, int)
REAL(ssize_t, sendmsg, int, const struct msghdr *, int)
REAL(int, ftruncate64, int, off64_t)
REAL(int, fsync, int)
REAL(int, unlink, const char *)
REAL(int, unlinkat, int, const char *, int)
REAL(int, rename, const char *, const char *)
REAL(int, mkdir, const char *, mode_t)
REAL(int, rmdir, const char *)
REAL(int, linkat, int, const char *, int, const char *, int)
REAL(int, accept4, int, struct sockaddr *, socklen_t *, int)
REAL(int, connect, int, const struct sockaddr *, socklen_t)

static uint64_t number(const char *name)
{
    const char *value = getenv(name);
    return value ? strtoull(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    find_open64(); find_openat64(); find_close(); find_read(); find_readv(); find_pread64(); find_recv(); find_write();
    find_writev(); find_pwrite64(); find_send(); find_sendmsg(); find_ftruncate64(); find_fsync(); find_unlink();
    find_unlinkat(); find_rename(); find_mkdir(); find_rmdir(); find_linkat(); find_accept4(); find_connect();
    root = getenv("RECADO_SHIM_ROOT");
    root_length = root ? strlen(root) : 0;
    marks = getenv("RECADO_SHIM_MARKS");
    failing_with = (int)number("RECADO_SHIM_ERRNO");
    fail_at = number("RECADO_SHIM_FAIL_AT");
    fail_count = number("RECADO_SHIM_FAIL_COUNT");
    const char *path = getenv("RECADO_SHIM_TRACE");
    if (path)
        trace = real_open64(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("RECADO_SHIM_COUNTER");
    if (path) {
        int file = real_open64(path, O_RDWR | O_CLOEXEC);
        void *shared = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (shared != MAP_FAILED)
            counter = shared;
        real_close(file);
    }
}

/* The path below the folder, empty for the folder itself; NULL for what is of no interest. */
static const char *below(const char *path)
{
    if (!root || !path || strncmp(path, root, root_length) != 0)
        return NULL;
    if (path[root_length] == 0)
        return "";
    return path[root_length] == '/' ? path + root_length + 1 : NULL;
}

static enum kind kind_of(int file) { return file >= 0 && file < DESCRIPTORS ? kinds[file] : NONE; }
static const char *path_of(int file) { return paths[file] ? paths[file] : ""; }

static void become(int file, enum kind kind, const char *path)
{
    if (file < 0 || file >= DESCRIPTORS)
        return;
    free(paths[file]);
    paths[file] = path ? strdup(path) : NULL;
    kinds[file] = kind;
}

/* One record: what, at which descriptor, a number, and one or two pieces of bytes. */
static void note(enum record what, int file, uint64_t value, const void *one, size_t ones, const void *two, size_t twos)
{
    if (trace < 0)
        return;
    struct __attribute__((packed)) { uint32_t what; int32_t file; uint64_t value; uint32_t ones, twos; } head = {
        what, file, value, (uint32_t)ones, (uint32_t)twos };
    struct iovec parts[3] = { { &head, sizeof head }, { (void *)one, ones }, { (void *)two, twos } };
    if (real_writev(trace, parts, 3) != (ssize_t)(sizeof head + ones + twos))
        abort();
}

static void note_paths(enum record what, int file, uint64_t value, const char *one, const char *two)
{
    note(what, file, value, one, strlen(one), two, two ? strlen(two) : 0);
}

/* Whether the operation now at hand is to fail. */
static int fails(const char *what, const char *path, int takes_room)
{
    if (!failing_with || (failing_with == ENOSPC && !takes_room))
        return 0;
    uint64_t now = ++counter->operations;
    if (!fail_at || now < fail_at || now - fail_at >= fail_count)
        return 0;
    if (!counter->failed++)
        snprintf(counter->first, sizeof counter->first, "%s %s", what, path);
    errno = failing_with;
    return 1;
}

static int opened(int folder, const char *path, int flags, mode_t mode)
{
    const char *name = below(path);
    int is_marks = marks && path && strcmp(path, marks) == 0;
    if (!name && !is_marks)
        return real_openat64(folder, path, flags, mode);
    pthread_mutex_lock(&lock);
    int file = -1;
    struct stat seen;
    int is_new = is_marks ? 0 : stat(path, &seen) != 0;
    if (is_marks || !fails("open", name, is_new && (flags & O_CREAT))) {
        file = real_openat64(folder, path, flags, mode);
        int saved = errno;
        if (file >= 0) {
            become(file, is_marks ? MARKS : IN_ROOT, is_marks ? "" : name);
            if (!is_marks)
                note_paths(OPEN, file, (uint64_t)flags, name, NULL);
        }
        errno = saved;
    }
    pthread_mutex_unlock(&lock);
    return file;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }

int close(int file)
{
    if (kind_of(file) == NONE)
        return real_close(file);
    pthread_mutex_lock(&lock);
    note(CLOSE, file, 0, NULL, 0, NULL, 0);
    become(file, NONE, NULL);
    int result = real_close(file);
    pthread_mutex_unlock(&lock);
    return result;
}

/* Notes what was written at the end of a file's own position. */
static void note_written(int file, const void *bytes, ssize_t length)
{
    if (length > 0)
        note(WRITE, file, (uint64_t)(lseek64(file, 0, SEEK_CUR) - length), bytes, (size_t)length, NULL, 0);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    enum kind kind = kind_of(file);
    if (kind == NONE)
        return real_write(file, bytes, length);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (kind != IN_ROOT || !fails("write", path_of(file), 1)) {
        done = real_write(file, bytes, length);
        int saved = errno;
        if (kind == IN_ROOT)
            note_written(file, bytes, done);
        else if (done > 0)
            note(kind == MARKS ? MARK : SENT, file, 0, bytes, (size_t)done, NULL, 0);
        errno = saved;
    }
    pthread_mutex_unlock(&lock);
    return done;
}

/* The same for several pieces; only as many of their bytes as were taken. */
static void note_pieces(enum kind kind, int file, const struct iovec *pieces, size_t count, ssize_t done)
{
    uint64_t at = kind == IN_ROOT && done > 0 ? (uint64_t)(lseek64(file, 0, SEEK_CUR) - done) : 0;
    for (size_t piece = 0; piece < count && done > 0; piece++) {
        size_t length = pieces[piece].iov_len < (size_t)done ? pieces[piece].iov_len : (size_t)done;
        note(kind == IN_ROOT ? WRITE : kind == MARKS ? MARK : SENT, file, at, pieces[piece].iov_base, length, NULL, 0);
        at += length;
        done -= (ssize_t)length;
    }
}

ssize_t writev(int file, const struct iovec *pieces, int count)
{
    enum kind kind = kind_of(file);
    if (kind == NONE)
        return real_writev(file, pieces, count);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (kind != IN_ROOT || !fails("write", path_of(file), 1)) {
        done = real_writev(file, pieces, count);
        int saved = errno;
        note_pieces(kind, file, pieces, (size_t)count, done);
        errno = saved;
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at)
{
    if (kind_of(file) != IN_ROOT)
        return real_pwrite64(file, bytes, length, at);
    pthread_mutex_lock(&lock);
    ssize_t done;
    if (fails("write", path_of(file), 1)) {
        /* What there was room for is there. */
        real_pwrite64(file, bytes, length / 2, at);
        errno = failing_with;
        done = -1;
    } else {
        done = real_pwrite64(file, bytes, length, at);
        int saved = errno;
        if (done > 0)
            note(WRITE, file, (uint64_t)at, bytes, (size_t)done, NULL, 0);
        errno = saved;
    }
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return pwrite64(file, bytes, length, at); }

ssize_t send(int file, const void *bytes, size_t length, int flags)
{
    if (kind_of(file) == NONE)
        return real_send(file, bytes, length, flags);
    pthread_mutex_lock(&lock);
    ssize_t done = real_send(file, bytes, length, flags);
    int saved = errno;
    if (done > 0)
        note(SENT, file, 0, bytes, (size_t)done, NULL, 0);
    errno = saved;
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags)
{
    if (kind_of(file) == NONE)
        return real_sendmsg(file, message, flags);
    pthread_mutex_lock(&lock);
    ssize_t done = real_sendmsg(file, message, flags);
    int saved = errno;
    note_pieces(kind_of(file), file, message->msg_iov, message->msg_iovlen, done);
    errno = saved;
    pthread_mutex_unlock(&lock);
    return done;
}

static void note_received(int file, const void *bytes, ssize_t length)
{
    int saved = errno;
    if (length > 0 && (kind_of(file) == ACCEPTED || kind_of(file) == CONNECTED)) {
        pthread_mutex_lock(&lock);
        note(RECEIVED, file, 0, bytes, (size_t)length, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    errno = saved;
}

ssize_t recv(int file, void *bytes, size_t length, int flags)
{
    ssize_t done = real_recv(file, bytes, length, flags);
    if (!(flags & MSG_PEEK))
        note_received(file, bytes, done);
    return done;
}

static int reading_fails(int file)
{
    if (kind_of(file) != IN_ROOT || !failing_with)
        return 0;
    pthread_mutex_lock(&lock);
    int failed = fails("read", path_of(file), 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

ssize_t read(int file, void *bytes, size_t length)
{
    if (reading_fails(file))
        return -1;
    ssize_t done = real_read(file, bytes, length);
    note_received(file, bytes, done);
    return done;
}

ssize_t readv(int file, const struct iovec *pieces, int count)
{
    ssize_t done = real_readv(file, pieces, count);
    ssize_t left = done;
    for (int piece = 0; piece < count && left > 0; piece++) {
        ssize_t length = (ssize_t)pieces[piece].iov_len < left ? (ssize_t)pieces[piece].iov_len : left;
        note_received(file, pieces[piece].iov_base, length);
        left -= length;
    }
    return done;
}

ssize_t pread64(int file, void *bytes, size_t length, off64_t at)
{
    return reading_fails(file) ? -1 : real_pread64(file, bytes, length, at);
}
ssize_t pread(int file, void *bytes, size_t length, off_t at) { return pread64(file, bytes, length, at); }

int ftruncate64(int file, off64_t length)
{
    if (kind_of(file) != IN_ROOT)
        return real_ftruncate64(file, length);
    pthread_mutex_lock(&lock);
    int result = -1;
    if (!fails("truncate", path_of(file), 1)) {
        result = real_ftruncate64(file, length);
        if (result == 0)
            note(TRUNCATE, file, (uint64_t)length, NULL, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int fsync(int file)
{
    if (kind_of(file) != IN_ROOT)
        return real_fsync(file);
    pthread_mutex_lock(&lock);
    int result = -1;
    if (!fails("sync", path_of(file), 1)) {
        note(SYNC, file, 0, NULL, 0, NULL, 0);
        result = 0;
    }
    pthread_mutex_unlock(&lock);
    return result;
}
int fdatasync(int file) { return fsync(file); }

/* What changes names: the record, and two paths of which the second may be missing. */
#define NAMED(what, word, takes_room, one, two, real_call) \
    const char *first = below(one), *second = below(two); \
    if (!first) \
        return real_call; \
    pthread_mutex_lock(&lock); \
    int result = -1; \
    if (!fails(word, first, takes_room)) { \
        result = real_call; \
        if (result == 0) { \
            note_paths(what, -1, 0, first, second); \
        } \
    } \
    pthread_mutex_unlock(&lock); \
    return result;

int unlink(const char *path) { NAMED(UNLINK, "unlink", 0, path, (const char *)NULL, real_unlink(path)) }
int rename(const char *from, const char *to) { NAMED(RENAME, "rename", 1, from, to, real_rename(from, to)) }
int mkdir(const char *path, mode_t mode) { NAMED(MAKE_FOLDER, "mkdir", 1, path, (const char *)NULL, real_mkdir(path, mode)) }
int rmdir(const char *path) { NAMED(REMOVE_FOLDER, "rmdir", 0, path, (const char *)NULL, real_rmdir(path)) }
int unlinkat(int folder, const char *path, int flags)
{
    NAMED(UNLINK, "unlink", 0, path, (const char *)NULL, real_unlinkat(folder, path, flags))
}
int linkat(int folder, const char *from, int other, const char *to, int flags)
{
    NAMED(LINK, "link", 1, from, to, real_linkat(folder, from, other, to, flags))
}

int accept4(int file, struct sockaddr *address, socklen_t *length, int flags)
{
    int socket = real_accept4(file, address, length, flags);
    if (socket >= 0) {
        int saved = errno;
        pthread_mutex_lock(&lock);
        become(socket, ACCEPTED, NULL);
        note(ACCEPT, socket, 0, NULL, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
        errno = saved;
    }
    return socket;
}

int connect(int file, const struct sockaddr *address, socklen_t length)
{
    if (address && (address->sa_family == AF_INET || address->sa_family == AF_INET6)) {
        pthread_mutex_lock(&lock);
        become(file, CONNECTED, NULL);
        note(CONNECT, file, 0, NULL, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return real_connect(file, address, length);
}
