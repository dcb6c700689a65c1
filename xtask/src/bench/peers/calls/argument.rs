//! Expressions for arguments: a value of the type that is asked for, whatever it is.

use syn::{
    GenericArgument, GenericParam, Generics, PathArguments, Type, TypeParamBound, WherePredicate,
};

use super::sources::{name, text};

/// The expression of one argument; `Err` names a type that leaves open what is wanted.
pub(super) fn expression(ty: &Type, generics: &Generics) -> Result<String, String> {
    match ty {
        Type::ImplTrait(open) => of_bounds(open.bounds.iter(), generics),
        Type::Reference(reference) if is_open(&reference.elem, generics) => {
            Ok(format!("&{}", expression(&reference.elem, generics)?))
        }
        Type::Path(path) => {
            if let Some(bounds) = path.path.get_ident().and_then(|ident| {
                let bounds = bounds(&ident.to_string(), generics);
                (!bounds.is_empty()).then_some(bounds)
            }) {
                return of_bounds(bounds.into_iter(), generics);
            }
            match optional(ty).filter(|inner| is_open(inner, generics)) {
                Some(inner) => Ok(format!("Some({})", expression(inner, generics)?)),
                None => Ok("value()".to_owned()),
            }
        }
        _ => Ok("value()".to_owned()),
    }
}

/// A value of a type that the bounds let in.
fn of_bounds<'t>(
    mut bounds: impl Iterator<Item = &'t TypeParamBound>,
    generics: &Generics,
) -> Result<String, String> {
    bounds
        .find_map(|bound| of_bound(bound, generics))
        .map(|ty| format!("value::<{ty}>()"))
        .ok_or_else(|| "an argument of any type".to_owned())
}

/// The type that a bound names: `X` of `Into<X>`.
fn of_bound(bound: &TypeParamBound, generics: &Generics) -> Option<String> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let last = bound.path.segments.last()?;
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.first(),
        _ => None,
    };
    match (last.ident.to_string().as_str(), argument) {
        // A body of a client library, which bytes become.
        ("Into", Some(GenericArgument::Type(ty))) if name(ty)? == "Body" => {
            Some("Vec<u8>".to_owned())
        }
        ("Into", Some(GenericArgument::Type(ty))) => Some(text(ty)),
        ("AsRef", Some(GenericArgument::Type(ty))) => Some(format!("&{}", text(ty))),
        ("ToString" | "Display", None) => Some("String".to_owned()),
        ("IntoIterator", Some(GenericArgument::AssocType(item))) => {
            Some(format!("Vec<{}>", element(&item.ty, generics)?))
        }
        _ => None,
    }
}

/// The type of a list's elements.
fn element(ty: &Type, generics: &Generics) -> Option<String> {
    match ty {
        Type::ImplTrait(open) => open
            .bounds
            .iter()
            .find_map(|bound| of_bound(bound, generics)),
        _ => Some(text(ty)),
    }
}

/// Whether a type leaves open what is wanted.
fn is_open(ty: &Type, generics: &Generics) -> bool {
    match ty {
        Type::ImplTrait(_) => true,
        Type::Reference(reference) => is_open(&reference.elem, generics),
        Type::Path(path) => path
            .path
            .get_ident()
            .is_some_and(|ident| !bounds(&ident.to_string(), generics).is_empty()),
        _ => false,
    }
}

/// What `Option` holds.
fn optional(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Option" => {
            match arguments.args.first()? {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What is asked of a type parameter, beside its name and in the `where` clause.
fn bounds<'g>(name: &str, generics: &'g Generics) -> Vec<&'g TypeParamBound> {
    let beside = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) if parameter.ident == name => Some(&parameter.bounds),
            _ => None,
        });
    let clause = generics.where_clause.iter();
    let predicates = clause.flat_map(|clause| &clause.predicates);
    let behind = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) if text(&predicate.bounded_ty) == name => {
            Some(&predicate.bounds)
        }
        _ => None,
    });
    beside.chain(behind).flatten().collect()
}

#[cfg(test)]
mod tests {
    use syn::ItemFn;

    use super::super::sources::arguments;
    use super::expression;

    fn expressions(signature: &str) -> Vec<Result<String, String>> {
        let function: ItemFn = syn::parse_str(&format!("fn f{signature} {{}}")).unwrap();
        let generics = &function.sig.generics;
        let arguments = arguments(&function.sig);
        arguments
            .into_iter()
            .map(|ty| expression(ty, generics))
            .collect()
    }

    #[test]
    fn open_types_are_settled_by_their_bounds() {
        for (signature, expected) in [
            ("(id: &str)", "value()"),
            ("(id: Option<types::Id>)", "value()"),
            ("(id: impl Into<types::Id>)", "value::<types::Id>()"),
            ("(id: impl AsRef<str>)", "value::<&str>()"),
            ("(id: Option<impl AsRef<str>>)", "Some(value::<&str>())"),
            (
                "(ids: impl IntoIterator<Item = impl Into<types::Id>>)",
                "value::<Vec<types::Id>>()",
            ),
            ("<B: Into<reqwest::Body>>(body: B)", "value::<Vec<u8>>()"),
            (
                "(body: impl Into<types::LoginBody>)",
                "value::<types::LoginBody>()",
            ),
            ("<T>(id: T) where T: Into<String>", "value::<String>()"),
        ] {
            assert_eq!(
                expressions(signature),
                [Ok(expected.to_owned())],
                "{signature}"
            );
        }
        assert!(expressions("(id: impl Serialize)")[0].is_err());
    }
}
