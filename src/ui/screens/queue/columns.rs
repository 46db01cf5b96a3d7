//! Which columns the table has, by the width there is.

use crate::ui::theme::size;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Check,
    State,
    To,
    /// The text, and where rows are tall the reason under it.
    Message,
    /// Recipient and text in one, one under the other.
    ToAndMessage,
    Why,
    Attempts,
    Next,
    Menu,
}

/// Which columns there are, from where to where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Column, left edge and width.
    pub(super) places: Vec<(Column, f32, f32)>,
    /// Height of a row.
    pub(super) row_height: f32,
}

impl Columns {
    /// The columns there is room for.
    pub(super) fn fitting(width: f32) -> Self {
        use Column as C;
        let (wanted, tall): (&[(C, f32)], bool) = if width >= 940.0 {
            (
                &[
                    (C::Check, 36.0),
                    (C::State, 132.0),
                    (C::To, 172.0),
                    (C::Message, 0.0),
                    (C::Why, 0.0),
                    (C::Attempts, 56.0),
                    (C::Next, 124.0),
                    (C::Menu, 40.0),
                ],
                false,
            )
        } else if width >= 620.0 {
            (
                &[
                    (C::Check, 36.0),
                    (C::State, 128.0),
                    (C::To, 160.0),
                    (C::Message, 0.0),
                    (C::Next, 116.0),
                    (C::Menu, 40.0),
                ],
                true,
            )
        } else {
            (
                &[
                    (C::Check, 34.0),
                    (C::State, 116.0),
                    (C::ToAndMessage, 0.0),
                    (C::Menu, 38.0),
                ],
                true,
            )
        };
        let fixed: f32 = wanted.iter().map(|(_, width)| width).sum();
        let flexible = wanted.iter().filter(|(_, width)| *width == 0.0).count().max(1);
        let share = ((width - fixed) / flexible as f32).floor().max(60.0);
        let mut left = 0.0;
        let places = wanted
            .iter()
            .map(|(column, width)| {
                let width = if *width == 0.0 { share } else { *width };
                let place = (*column, left, width);
                left += width;
                place
            })
            .collect();
        Self {
            places,
            row_height: if tall { size::ROW_TALL } else { size::ROW },
        }
    }
}
