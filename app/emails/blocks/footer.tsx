import { Link, Text } from "@react-email/components";
import { Fragment } from "react";
import type { MailBlock } from "../mail-model.ts";
import { soft } from "../mail-style.ts";
import { Paragraphs } from "./words.tsx";

const small = { ...soft, fontSize: 13, lineHeight: "19px" };

/** Who writes, why, from where, and how it stops. */
export function Footer({ text, why, address, links }: Extract<MailBlock, { type: "footer" }>) {
  return (
    <>
      {text && <Paragraphs text={text} />}
      <Text className="d-soft" style={{ ...small, marginTop: text ? 12 : 0 }}>
        {why}
      </Text>
      {address && (
        <Text className="d-soft" style={{ ...small, marginTop: 4 }}>
          {address}
        </Text>
      )}
      {links.length > 0 && (
        <Text className="d-soft" style={{ ...small, marginTop: 8 }}>
          {links.map(({ label, url }, index) => (
            <Fragment key={url}>
              {index > 0 && " · "}
              <Link className="d-soft" href={url} style={{ color: "#5d6166", textDecoration: "underline" }}>
                {label}
              </Link>
            </Fragment>
          ))}
        </Text>
      )}
    </>
  );
}
