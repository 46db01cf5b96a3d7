//! The text in `template_params`: JSON in the form of the document's sample.

use serde_json::Value;

/// What is said in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplateParams {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) values: Vec<String>,
    /// The address of the picture above the text; empty for none.
    pub(super) header_image: String,
}

/// Reads it; `None` if it is not in that form, or for somebody else.
pub(super) fn read(text: &str, to: &str) -> Option<TemplateParams> {
    let whole: Value = serde_json::from_str(text).ok()?;
    let template = whole.get("template")?;
    let is_text = |value: &Value, expected: &str| value.as_str() == Some(expected);
    let language = template.get("language")?;
    let fits = is_text(whole.get("type")?, "template")
        && is_text(whole.get("to")?, to)
        && is_text(language.get("policy")?, "deterministic");
    if !fits {
        return None;
    }
    let mut params = TemplateParams {
        name: template.get("name")?.as_str()?.to_owned(),
        language: language.get("code")?.as_str()?.to_owned(),
        values: Vec::new(),
        header_image: String::new(),
    };
    let nothing = Vec::new();
    let components = match template.get("components") {
        Some(components) => components.as_array()?,
        None => &nothing,
    };
    for component in components {
        let parameters = component.get("parameters")?.as_array()?;
        match component.get("type")?.as_str()? {
            "header" => {
                let [parameter] = parameters.as_slice() else {
                    return None;
                };
                let link = parameter.get("image")?.get("link")?.as_str()?;
                link.clone_into(&mut params.header_image);
            }
            "body" => {
                for parameter in parameters {
                    let text = parameter.get("text").filter(|_| parameter["type"] == "text")?;
                    params.values.push(text.as_str()?.to_owned());
                }
            }
            _ => return None,
        }
    }
    Some(params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_documents_form_is_read_and_no_other() {
        let whole = json!({"to": "5511900000002", "type": "template", "template": {
        "namespace": "x", "language": {"policy": "deterministic", "code": "pt_BR"}, "name": "pedido",
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://a.example/b.png"}}]},
            {"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "12"}]},
        ]}});
        let read = |value: &Value| read(&value.to_string(), "5511900000002");
        let params = read(&whole).unwrap();
        assert_eq!(
            (params.name.as_str(), params.language.as_str()),
            ("pedido", "pt_BR")
        );
        assert_eq!(params.header_image, "https://a.example/b.png");
        assert_eq!(params.values, ["Ana", "12"]);
        for (pointer, value) in [
            ("/to", json!("5511900000003")),
            ("/type", json!("text")),
            ("/template/language/code", json!(null)),
            ("/template/language/policy", json!("fallback")),
            ("/template/name", json!(7)),
            ("/template/components", json!({})),
            ("/template/components/0/type", json!("footer")),
            ("/template/components/0/parameters", json!([])),
            ("/template/components/1/parameters/0/type", json!("image")),
            ("/template/components/1/parameters/1/text", json!(12)),
        ] {
            let mut changed = whole.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            assert_eq!(read(&changed), None, "{pointer}");
        }
        assert_eq!(super::read("{", "5511900000002"), None);
        let bare = json!({"to": "5511900000002", "type": "template", "template": {
            "language": {"policy": "deterministic", "code": "es"}, "name": "hola"}});
        assert_eq!(read(&bare).unwrap().values, Vec::<String>::new());
    }
}
