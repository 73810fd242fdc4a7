import type { CSSProperties } from "react";
import type { MailColours } from "./mail-model.ts";

const FONT = "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,Hiragino Sans,Noto Sans JP,sans-serif";

/** The ground that brand colours must be visible on, by day and by night. */
export const CARD_LIGHT = "#ffffff";
export const CARD_DARK = "#1e1e21";

export const page: CSSProperties = { backgroundColor: "#f3f3f0", fontFamily: FONT, width: "100%" };
export const card: CSSProperties = {
  backgroundColor: CARD_LIGHT,
  borderRadius: 16,
  borderCollapse: "separate",
  margin: "0 auto",
  maxWidth: 600,
  width: "100%",
};
export const title: CSSProperties = {
  color: "#17181a",
  fontSize: 28,
  fontWeight: 700,
  letterSpacing: "-0.3px",
  lineHeight: "34px",
  margin: 0,
  wordBreak: "break-word",
};
export const body: CSSProperties = {
  color: "#33363a",
  fontSize: 16,
  lineHeight: "25px",
  margin: "0 0 12px",
  wordBreak: "break-word",
};
export const soft: CSSProperties = {
  color: "#5d6166",
  fontSize: 14,
  lineHeight: "20px",
  margin: 0,
  wordBreak: "break-word",
};
export const label: CSSProperties = { ...soft, fontSize: 13, fontWeight: 600, lineHeight: "18px" };
export const strong: CSSProperties = {
  color: "#17181a",
  fontSize: 16,
  fontWeight: 600,
  lineHeight: "23px",
  margin: 0,
  wordBreak: "break-word",
};
export const box: CSSProperties = { backgroundColor: "#f6f6f3", borderCollapse: "separate", borderRadius: 12 };

/**
 * What cannot be said inline: the night, and the phone. Clients that drop it show the day's colours, which are all set
 * inline. No character in it needs escaping.
 */
export function mailCss({ accentDark }: MailColours): string {
  return [
    ":root{color-scheme:light dark;supported-color-schemes:light dark}",
    "body{margin:0;padding:0;-webkit-text-size-adjust:100%}",
    "img{max-width:100%}",
    "@media (max-width:480px){.m-pad{padding-left:20px !important;padding-right:20px !important}",
    ".m-title{font-size:25px !important;line-height:31px !important}.m-big{font-size:20px !important;line-height:27px !important}",
    ".m-page{padding:12px 8px !important}}",
    "@media (prefers-color-scheme:dark){",
    `.d-page{background-color:#111113 !important}.d-card{background-color:${CARD_DARK} !important}`,
    ".d-ink{color:#f4f4f5 !important}.d-text{color:#dededf !important}.d-soft{color:#b3b4ba !important}",
    ".d-box{background-color:#2a2a2e !important}.d-line{border-color:#3d3d43 !important}.d-rail{background-color:#47474e !important}",
    `.d-accent{color:${accentDark} !important}.d-fill{background-color:${accentDark} !important}`,
    `.d-mark{border-color:${accentDark} !important}`,
    ".d-plate{background-color:#ffffff !important;border-radius:8px;padding:8px 12px !important}}",
  ].join("");
}
