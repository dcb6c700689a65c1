//! `collectionFormat` to `style` and `explode`.

use crate::document::fields::Fields;
use crate::document::model::{ParameterLocation, Style};
use crate::document::reader::Reader;

/// How the items of an array are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum CollectionFormat {
    Comma,
    Space,
    Tab,
    Pipe,
    /// One `name=value` per item.
    Multi,
}

/// Style and explode of a collection format in its place.
pub(in crate::document) fn style(
    format: CollectionFormat,
    location: ParameterLocation,
) -> (Style, bool) {
    let in_query = matches!(
        location,
        ParameterLocation::Query | ParameterLocation::QueryString
    );
    match format {
        CollectionFormat::Comma if in_query => (Style::Form, false),
        CollectionFormat::Space if in_query => (Style::SpaceDelimited, false),
        CollectionFormat::Pipe if in_query => (Style::PipeDelimited, false),
        CollectionFormat::Multi if in_query => (Style::Form, true),
        // Only a query can repeat a name.
        CollectionFormat::Comma | CollectionFormat::Multi => (Style::Simple, false),
        CollectionFormat::Space => (Style::Delimited(' '), false),
        CollectionFormat::Pipe => (Style::Delimited('|'), false),
        CollectionFormat::Tab => (Style::Delimited('\t'), false),
    }
}

impl<'t> Reader<'t, '_> {
    pub(in crate::document) fn collection_format(
        &mut self,
        fields: &mut Fields<'t>,
    ) -> Option<CollectionFormat> {
        let node = fields.take("collectionFormat")?;
        match self.text_of(node, "collectionFormat")? {
            "csv" => Some(CollectionFormat::Comma),
            "ssv" => Some(CollectionFormat::Space),
            "tsv" => Some(CollectionFormat::Tab),
            "pipes" => Some(CollectionFormat::Pipe),
            "multi" => Some(CollectionFormat::Multi),
            _ => {
                self.unknown_value(node, "collectionFormat", "commas are used");
                None
            }
        }
    }
}
