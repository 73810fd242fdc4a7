import type { CSSProperties, ReactNode } from "react";

interface PlainTableProps {
  /** What the table is about, for who cannot see it. */
  caption: string;
  headings: readonly string[];
  /** The last cell of a row that is shorter than the headings takes what is left of the line. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

const CELL: CSSProperties = {
  borderBlockEnd: "0.0625rem solid var(--p-color-border-secondary)",
  padding: "0.375rem 0.75rem 0.375rem 0",
  textAlign: "start",
  verticalAlign: "top",
};
/** The name of a row stays readable beside many figures. */
const NAME: CSSProperties = { ...CELL, minWidth: "8rem" };
const HIDDEN: CSSProperties = { position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" };

/** A small table of figures. On a phone it scrolls by itself, the page does not; with the keyboard, too. */
export function PlainTable({ caption, headings, rows }: PlainTableProps) {
  return (
    <div aria-label={caption} role="region" style={{ overflowX: "auto", position: "relative" }} tabIndex={0}>
      <table style={{ borderCollapse: "collapse", width: "100%" }}>
        <caption style={HIDDEN}>{caption}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col" style={{ ...CELL, color: "var(--p-color-text-secondary)" }}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, position) => (
                <td
                  colSpan={position === cells.length - 1 ? headings.length - position : 1}
                  key={headings[position]}
                  style={position === 0 ? NAME : CELL}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
