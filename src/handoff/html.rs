//! Self-contained pages: escaping, and the sheet of style that prints well and reads well on a phone.

/// Text as the content or a quoted attribute of an element. Control characters are gone, line feeds stay.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push('\n'),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A whole page. `title` is plain text, `body` is HTML.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(title)
    )
}

/// Colours with at least 4.5 : 1 on their grounds, light and dark; nothing breaks across a printed page's end. A table that is
/// wider than the page scrolls in its own box, which is shaded on the side where more of it is.
const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1d2329; --soft: #59636e; --line: #d4d9de; --ground: #ffffff; --hot: #b3261e; --warm: #8a5300; --cold: #1f5fa8; --good: #1a7f37; --bar: #3b6ea8; --shade: #00000040; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a3acb5; --line: #3a424a; --ground: #15191d; --hot: #ff8a80; --warm: #f0b660; --cold: #8ab8f0; --good: #6fd08c; --bar: #7aa7dc; --shade: #ffffff50; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } * + h1 { margin-top: 3rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } .pre { white-space: pre-line; overflow-wrap: anywhere; } li { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; } th, td { text-align: start; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; } td.n + td:not(.n), th.n + th:not(.n) { padding-inline-start: 1rem; }
section.lead { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; break-inside: avoid; }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; font-weight: 600; }
.hot { color: var(--hot); } .warm { color: var(--warm); } .cold { color: var(--cold); } .swag { color: var(--soft); }
blockquote { margin: .2rem 0; padding-inline-start: .75rem; border-inline-start: 3px solid var(--line); }
a { color: inherit; } svg { display: block; width: 100%; max-width: 50rem; height: auto; } svg.narrow { display: none; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
.scroll { overflow-x: auto; background: linear-gradient(90deg, var(--ground) 1rem, transparent) left / 2.5rem 100% no-repeat local, linear-gradient(-90deg, var(--ground) 1rem, transparent) right / 2.5rem 100% no-repeat local, linear-gradient(90deg, var(--shade), transparent) left / .9rem 100% no-repeat, linear-gradient(-90deg, var(--shade), transparent) right / .9rem 100% no-repeat; }
@media screen and (max-width: 40rem) { body { padding: 1rem; } svg.wide { display: none; } svg.narrow { display: block; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --ground: #fff; --hot: #b3261e; --warm: #8a5300; --cold: #1f5fa8; } body { padding: 0; font-size: 11pt; } }
";
