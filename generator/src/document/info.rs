//! The Info Object with its contact and licence.

use super::fields::Fields;
use super::model::Info;
use super::reader::Reader;
use crate::diagnostic::codes;

impl<'t> Reader<'t, '_> {
    pub(super) fn info(&mut self, document: &mut Fields<'t>) -> Info<'t> {
        let mut info = Info {
            title: "",
            summary: None,
            description: None,
            version: "",
            terms_of_service: None,
            contact_name: None,
            contact_url: None,
            contact_email: None,
            license_name: None,
            license_identifier: None,
            license_url: None,
            extensions: Vec::new(),
        };
        let Some(node) = document.take("info") else {
            self.missing_info("info");
            return info;
        };
        let Some(mut fields) = self.object(node, "info") else {
            return info;
        };
        info.title = self
            .text(&mut fields, "title")
            .unwrap_or_else(|| self.missing_info("title"));
        info.version = self
            .text(&mut fields, "version")
            .unwrap_or_else(|| self.missing_info("version"));
        info.summary = self.text(&mut fields, "summary");
        info.description = self.text(&mut fields, "description");
        info.terms_of_service = self.text(&mut fields, "termsOfService");
        self.contact(&mut info, &mut fields);
        self.license(&mut info, &mut fields);
        info.extensions = self.finish(fields, "the info object");
        info
    }

    fn contact(&mut self, info: &mut Info<'t>, fields: &mut Fields<'t>) {
        let Some(mut contact) = fields
            .take("contact")
            .and_then(|node| self.object(node, "contact"))
        else {
            return;
        };
        info.contact_name = self.text(&mut contact, "name");
        info.contact_url = self.text(&mut contact, "url");
        info.contact_email = self.text(&mut contact, "email");
        self.finish(contact, "a contact");
    }

    fn license(&mut self, info: &mut Info<'t>, fields: &mut Fields<'t>) {
        let Some(mut license) = fields
            .take("license")
            .and_then(|node| self.object(node, "license"))
        else {
            return;
        };
        info.license_name = self.text(&mut license, "name");
        info.license_identifier = self.text(&mut license, "identifier");
        info.license_url = self.text(&mut license, "url");
        self.finish(license, "a license");
    }

    /// The empty text that stands for what is missing.
    fn missing_info(&mut self, name: &str) -> &'t str {
        let node = self.root.get("info").unwrap_or(self.root);
        self.diagnostics.at(
            &codes::MISSING_INFO,
            node,
            format!("the API's `{name}` is missing"),
        );
        ""
    }
}
