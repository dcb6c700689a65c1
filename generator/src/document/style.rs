//! How a parameter's value becomes text: `style` and `explode`, or 2.0's `collectionFormat`.

use super::fields::Fields;
use super::model::{ParameterLocation, Style, Version};
use super::reader::Reader;
use super::swagger2;

impl ParameterLocation {
    fn default_style(self) -> Style {
        match self {
            ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
            _ => Style::Form,
        }
    }
}

impl<'t> Reader<'t, '_> {
    pub(super) fn style(
        &mut self,
        fields: &mut Fields<'t>,
        location: ParameterLocation,
    ) -> (Style, bool) {
        let stated = self.stated_style(fields);
        let explode = self.optional_flag(fields, "explode");
        if stated.is_none()
            && explode.is_none()
            && let Some(format) = self.collection_format(fields)
        {
            return swagger2::style(format, location);
        }
        let style = stated.unwrap_or(location.default_style());
        let separate = matches!(style, Style::Form | Style::Cookie);
        (
            style,
            explode.unwrap_or(separate && self.version > Version::V2_0),
        )
    }

    pub(super) fn stated_style(&mut self, fields: &mut Fields<'t>) -> Option<Style> {
        let node = fields.take("style")?;
        match self.text_of(node, "style")? {
            "matrix" => Some(Style::Matrix),
            "label" => Some(Style::Label),
            "simple" => Some(Style::Simple),
            "form" => Some(Style::Form),
            "spaceDelimited" => Some(Style::SpaceDelimited),
            "pipeDelimited" => Some(Style::PipeDelimited),
            "deepObject" => Some(Style::DeepObject),
            "cookie" => Some(Style::Cookie),
            _ => {
                self.unknown_value(node, "style", "the default style is used");
                None
            }
        }
    }
}
