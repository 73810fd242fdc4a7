/** Bodies that a broken or malicious service may send to any reader, by name. None of them tells of a delivery. */
export function hostileBodies(): [name: string, body: string | Uint8Array][] {
  const deep = (levels: number) => `${'{"output":['.repeat(levels)}${"]}".repeat(levels)}`;
  return [
    ["nothing", ""],
    ["only spaces", "  \n\t "],
    ["a web page", "<!doctype html><html><body>Delivered. Your package was delivered.</body></html>"],
    ["XML", '<?xml version="1.0"?><TrackResponse><Status>Delivered</Status></TrackResponse>'],
    ["a sentence", "delivered"],
    ["null", "null"],
    ["a number", "42"],
    ["a text", '"delivered"'],
    ["an empty list", "[]"],
    ["an empty object", "{}"],
    ["ten megabytes of spaces", new Uint8Array(10_000_000).fill(0x20)],
    ["ten megabytes of JSON", `["${"a".repeat(10_000_000)}"]`],
    ["deep lists", `${"[".repeat(500_000)}${"]".repeat(500_000)}`],
    ["deep objects", deep(200_000)],
    ["unbalanced brackets", "]".repeat(100_000)],
    ["invalid UTF-8", Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ["UTF-16", Buffer.from('{"status":"delivered"}', "utf16le")],
    ["a byte order mark alone", Uint8Array.from([0xef, 0xbb, 0xbf])],
    ["NUL and half a surrogate pair", '{"errors":[{"code":"\\u0000\\ud800","message":"\\ud83d\\u0000x"}]}'],
    ["prototype keys", '{"__proto__":{"status":"delivered"},"constructor":{"prototype":{"status":"delivered"}}}'],
    ["prototype words as codes", '{"errors":[{"code":"__proto__","message":"toString"},{"code":"constructor"}]}'],
    ["an error that is a text", '{"error":"delivered"}'],
    ["an error that is a list", '{"error":[["delivered"]],"errors":"delivered"}'],
    ["huge numbers", '{"output":1e999,"trackResponse":-1e999,"status":99999999999999999999}'],
    ["twenty thousand keys", `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(",")}}`],
  ];
}
