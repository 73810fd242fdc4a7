import { BlockStack, InlineError, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { TemplateProblem, TemplateVariable } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import type { CodeProblem, LiquidCode } from "./liquid-code.ts";

interface LiquidFieldProps {
  label: string;
  value: string;
  /** What is said while it is empty. */
  placeholder: string;
  multiline?: boolean;
  help?: string;
  problems: readonly TemplateProblem[];
  variables: readonly TemplateVariable[];
  onChange(value: string): void;
}

/** A text in which variables may stand. Without JavaScript, and until the editor has come, a plain field. */
export function LiquidField(props: LiquidFieldProps) {
  const { label, value, placeholder, multiline = false, help, problems } = props;
  const said = useProblems(problems);
  const { frame, ready } = useLiquidCode(props, said);
  return (
    <BlockStack gap="100">
      {ready ? (
        <Text as="p">{label}</Text>
      ) : (
        <TextField
          autoComplete="off"
          label={label}
          multiline={multiline ? 4 : false}
          onChange={props.onChange}
          placeholder={placeholder}
          value={value}
        />
      )}
      <div ref={frame} />
      {said.slice(0, 3).map((problem, index) =>
        problem.severity === "error" ? (
          <InlineError fieldID={label} key={index} message={problem.message} />
        ) : (
          <InlineStack key={index}>
            <Text as="p" tone="caution" variant="bodySm">
              {problem.message}
            </Text>
          </InlineStack>
        ),
      )}
      {help && (
        <Text as="p" tone="subdued" variant="bodySm">
          {help}
        </Text>
      )}
    </BlockStack>
  );
}

/** The editor's code comes only with this page, and only in a browser. */
function useLiquidCode(props: LiquidFieldProps, problems: readonly CodeProblem[]) {
  const frame = useRef<HTMLDivElement>(null);
  const code = useRef<LiquidCode | null>(null);
  const latest = useRef(props);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = props;
  });
  const { label, placeholder, multiline = false, variables, value } = props;
  useEffect(() => {
    let gone = false;
    void import("./liquid-code.ts").then(({ mountLiquidCode }) => {
      if (gone || !frame.current) return;
      const { value: now } = latest.current;
      const onChange = (next: string) => latest.current.onChange(next);
      code.current = mountLiquidCode(frame.current, { value: now, label, placeholder, multiline, variables, onChange });
      setReady(true);
    });
    return () => {
      gone = true;
      code.current?.destroy();
      code.current = null;
    };
  }, [label, placeholder, multiline, variables]);
  useEffect(() => code.current?.setValue(value), [value]);
  useEffect(() => code.current?.setProblems(problems), [problems, ready]);
  return { frame, ready };
}

const CODES = ["unknown_filter", "unknown_variable", "maybe_empty", "too_slow", "too_large", "markup"] as const;

/** Problems in words, with their line. */
function useProblems(problems: readonly TemplateProblem[]): CodeProblem[] {
  const texts = useTexts();
  const stored = JSON.stringify(problems);
  const [said, setSaid] = useState<CodeProblem[]>([]);
  useEffect(() => {
    const read = JSON.parse(stored) as TemplateProblem[];
    setSaid(
      read.map(({ code, line, column, word, severity, message }) => {
        const known = CODES.find((one) => one === code);
        const text = known ? texts(`editor.problem_${known}`, { word }) : texts("editor.problem_syntax", { message });
        return { line, column, word, severity, message: texts("editor.problem_line", { line, text }) };
      }),
    );
  }, [stored, texts]);
  return said;
}
