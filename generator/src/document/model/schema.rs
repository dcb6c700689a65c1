//! Schemas, with all keywords as written.

use super::{Extensions, TypeSet};
use crate::spec::Node;

#[derive(Clone, Debug)]
pub struct Component<'t> {
    pub name: &'t str,
    pub schema: SchemaId,
}

/// Index into [`Document::schemas`](crate::document::Document::schemas). Two references to the same node have the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// All keywords of a schema object, of any version, as written; nothing is merged or interpreted yet.
#[derive(Clone, Debug)]
pub struct Schema<'t> {
    pub node: Node<'t>,
    /// The component's name when this node is a component schema.
    pub component: Option<&'t str>,
    /// A boolean schema: `true` allows everything, `false` nothing. `{}` is not boolean but has no keyword.
    pub boolean: Option<bool>,
    /// `$ref` (`$dynamicRef` and `$recursiveRef` resolved statically); siblings stand in the other fields.
    pub reference: Option<SchemaId>,
    /// The anchor of a `$dynamicRef`, which means another schema where one around states it too.
    pub dynamic_reference: Option<&'t str>,
    /// The anchors that the schema and its `$defs` state for dynamic references.
    pub dynamic_anchors: Vec<(&'t str, SchemaId)>,
    /// A reference that leads nowhere: the text as written. Reported already.
    pub unresolved: Option<&'t str>,
    pub title: Option<&'t str>,
    pub description: Option<&'t str>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// `nullable: true` or `x-nullable: true`. Other spellings of null stand in `types`, `enumeration`, `one_of`, ….
    pub nullable: bool,
    pub types: TypeSet,
    pub format: Option<&'t str>,
    pub default: Option<Node<'t>>,
    pub examples: Vec<Node<'t>>,
    pub enumeration: Option<Vec<Node<'t>>>,
    /// `x-enum-varnames`, `x-enumNames`, `x-ms-enum.values[].name`: one per value.
    pub enumeration_names: Vec<&'t str>,
    /// `x-enum-descriptions` and the like: one per value.
    pub enumeration_descriptions: Vec<&'t str>,
    pub constant: Option<Node<'t>>,
    pub properties: Vec<(&'t str, SchemaId)>,
    pub required: Vec<&'t str>,
    pub additional_properties: Option<SchemaId>,
    pub unevaluated_properties: Option<SchemaId>,
    pub pattern_properties: Vec<(&'t str, SchemaId)>,
    pub property_names: Option<SchemaId>,
    pub items: Option<SchemaId>,
    /// `prefixItems`, and array-form `items` of older drafts.
    pub prefix_items: Vec<SchemaId>,
    pub unevaluated_items: Option<SchemaId>,
    pub contains: Option<SchemaId>,
    pub all_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    pub not: Option<SchemaId>,
    pub if_then_else: Option<Conditional>,
    pub discriminator: Option<Discriminator<'t>>,
    pub dependent_required: Vec<(&'t str, Vec<&'t str>)>,
    pub dependent_schemas: Vec<(&'t str, SchemaId)>,
    pub limits: Limits<'t>,
    pub content_encoding: Option<&'t str>,
    pub content_media_type: Option<&'t str>,
    pub content_schema: Option<SchemaId>,
    pub xml: Option<Xml<'t>>,
    pub extensions: Extensions<'t>,
}

impl<'t> Schema<'t> {
    /// The empty schema, which allows everything.
    pub fn blank(node: Node<'t>) -> Self {
        Schema {
            node,
            component: None,
            boolean: None,
            reference: None,
            dynamic_reference: None,
            dynamic_anchors: Vec::new(),
            unresolved: None,
            title: None,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            nullable: false,
            types: TypeSet::default(),
            format: None,
            default: None,
            examples: Vec::new(),
            enumeration: None,
            enumeration_names: Vec::new(),
            enumeration_descriptions: Vec::new(),
            constant: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional_properties: None,
            unevaluated_properties: None,
            pattern_properties: Vec::new(),
            property_names: None,
            items: None,
            prefix_items: Vec::new(),
            unevaluated_items: None,
            contains: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            not: None,
            if_then_else: None,
            discriminator: None,
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            limits: Limits::default(),
            content_encoding: None,
            content_media_type: None,
            content_schema: None,
            xml: None,
            extensions: Vec::new(),
        }
    }

    /// Every schema that this one mentions, to be read or changed; its own reference comes first.
    pub fn each_schema(&mut self, visit: &mut dyn FnMut(&mut SchemaId)) {
        let conditional = self.if_then_else.iter_mut().flat_map(|conditional| {
            let branches = conditional
                .then
                .iter_mut()
                .chain(&mut conditional.otherwise);
            std::iter::once(&mut conditional.condition).chain(branches)
        });
        let tags = self.discriminator.iter_mut().flat_map(|tag| {
            let mapped = tag.mapping.iter_mut().map(|(_, schema)| schema);
            mapped.chain(&mut tag.default_mapping)
        });
        let single = [
            &mut self.reference,
            &mut self.additional_properties,
            &mut self.unevaluated_properties,
            &mut self.property_names,
            &mut self.items,
            &mut self.unevaluated_items,
            &mut self.contains,
            &mut self.not,
            &mut self.content_schema,
        ];
        let lists = [
            &mut self.prefix_items,
            &mut self.all_of,
            &mut self.one_of,
            &mut self.any_of,
        ];
        let members = [
            &mut self.properties,
            &mut self.pattern_properties,
            &mut self.dependent_schemas,
        ];
        single.into_iter().flatten().for_each(&mut *visit);
        lists.into_iter().flatten().for_each(&mut *visit);
        let members = members.into_iter().flatten();
        members.for_each(|(_, schema)| visit(schema));
        conditional.for_each(&mut *visit);
        tags.for_each(&mut *visit);
    }
}

/// The numbers and patterns that bound a value; numbers as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits<'t> {
    pub minimum: Option<&'t str>,
    pub maximum: Option<&'t str>,
    /// Draft-04 booleans are upgraded: then the bound stands here and not in `minimum`.
    pub exclusive_minimum: Option<&'t str>,
    pub exclusive_maximum: Option<&'t str>,
    pub multiple_of: Option<&'t str>,
    pub min_length: Option<&'t str>,
    pub max_length: Option<&'t str>,
    pub pattern: Option<&'t str>,
    pub min_items: Option<&'t str>,
    pub max_items: Option<&'t str>,
    pub unique_items: bool,
    pub min_contains: Option<&'t str>,
    pub max_contains: Option<&'t str>,
    pub min_properties: Option<&'t str>,
    pub max_properties: Option<&'t str>,
}

#[derive(Clone, Debug)]
pub struct Conditional {
    pub condition: SchemaId,
    pub then: Option<SchemaId>,
    pub otherwise: Option<SchemaId>,
}

#[derive(Clone, Debug)]
pub struct Discriminator<'t> {
    pub property: &'t str,
    /// Value and the schema it selects, explicit ones only, in the order written.
    pub mapping: Vec<(&'t str, SchemaId)>,
    pub default_mapping: Option<SchemaId>,
}

#[derive(Clone, Debug)]
pub struct Xml<'t> {
    pub name: Option<&'t str>,
    pub namespace: Option<&'t str>,
    pub prefix: Option<&'t str>,
    pub attribute: bool,
    pub wrapped: bool,
    pub node_type: Option<&'t str>,
}
