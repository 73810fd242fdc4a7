import { autocompletion, type Completion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { liquid } from "@codemirror/lang-liquid";
import { defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import type { TemplateVariable } from "#app/modules/notifications/template-editor.ts";

/** A problem with its words, and its place in the text (from 1). */
export interface CodeProblem {
  line: number;
  column: number;
  word: string;
  severity: "error" | "warning";
  message: string;
}

export interface LiquidCode {
  setValue(value: string): void;
  setProblems(problems: readonly CodeProblem[]): void;
  destroy(): void;
}

export interface CodeOptions {
  value: string;
  label: string;
  placeholder: string;
  multiline: boolean;
  variables: readonly TemplateVariable[];
  onChange(value: string): void;
}

/** An editor for one Liquid text: colours, completion of variables with examples, problems beside their line. */
export function mountLiquidCode(parent: HTMLElement, options: CodeOptions): LiquidCode {
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: options.value, extensions: extensionsFor(options) }),
  });
  return {
    setValue(value) {
      if (value === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    setProblems(problems) {
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => toDiagnostic(view.state, problem)),
        ),
      );
    },
    destroy: () => view.destroy(),
  };
}

function extensionsFor({ label, multiline, variables, onChange, ...options }: CodeOptions): Extension[] {
  return [
    history(),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    liquid(completionsOf(variables)),
    autocompletion({ icons: false }),
    // Above everything, the preview beside it included.
    tooltips({ parent: document.body }),
    syntaxHighlighting(defaultHighlightStyle),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": String(multiline), spellcheck: "true" }),
    ...(options.placeholder ? [placeholder(options.placeholder)] : []),
    ...(multiline ? [lintGutter()] : [ONE_LINE]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    LOOK,
  ];
}

/** A subject is one line: what is pasted is joined, Enter does nothing. */
const ONE_LINE = EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction));

// Not "&" alone: the holder of the tooltips, at the end of the page, has the theme as well.
const LOOK = EditorView.theme({
  "&.cm-editor": {
    backgroundColor: "var(--p-color-input-bg-surface)",
    border: "1px solid var(--p-color-input-border)",
    borderRadius: "var(--p-border-radius-200)",
    fontSize: "13px",
  },
  "&.cm-focused": { outline: "2px solid var(--p-color-border-focus)", outlineOffset: "1px" },
  ".cm-content": { fontFamily: "var(--p-font-family-sans)", padding: "6px 0" },
  ".cm-line": { padding: "0 10px" },
  ".cm-placeholder": { color: "var(--p-color-text-secondary)", whiteSpace: "pre-wrap" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--p-font-family-sans)", maxWidth: "90vw" },
  ".cm-completionDetail": { color: "var(--p-color-text-secondary)", marginLeft: "10px" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none" },
});

/** The first words at the top, and below a name what it has; each with an example. */
function completionsOf(variables: readonly TemplateVariable[]) {
  const below = (path: readonly string[]): Completion[] => {
    const prefix = path.length > 0 ? `${path.join(".")}.` : "";
    const names = new Map<string, Completion>();
    for (const { path: full, example } of variables) {
      if (!full.startsWith(prefix)) continue;
      const [name = "", ...rest] = full.slice(prefix.length).split(".");
      if (!names.has(name)) names.set(name, { label: name, type: "variable", detail: rest.length > 0 ? "…" : example });
    }
    return [...names.values()];
  };
  return { variables: below([]), properties: below };
}

function toDiagnostic(state: EditorState, { line, column, word, severity, message }: CodeProblem): Diagnostic {
  const found = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  const from = Math.min(found.from + column - 1, found.to);
  const at = word ? state.doc.sliceString(from, found.to).indexOf(word) : -1;
  const start = at >= 0 ? from + at : from;
  return { from: start, to: Math.min(found.to, start + Math.max(1, at >= 0 ? word.length : 1)), severity, message };
}
