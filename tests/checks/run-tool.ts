import { spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "./check.ts";

export interface ToolResult {
  /** Null when the tool was ended by a signal or could not be started. */
  code: number | null;
  /** Standard output and standard error in the order they came. */
  output: string;
}

export interface ToolOptions {
  cwd?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
}

const TIMEOUT_MS = 300_000;

/** Runs an installed command-line tool with this Node and waits for its end. The output is read to the last byte. */
export function runTool(script: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return runCommand(process.execPath, [path.resolve(ROOT, script), ...args], options);
}

/** The same for any command on the path. Never rejects: a command that cannot start has code null. */
export function runCommand(command: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs ?? TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => parts.push(text));
    }
    child.on("error", (error) => resolve({ code: null, output: `${parts.join("")}${error.message}` }));
    child.on("close", (code) => resolve({ code, output: parts.join("") }));
  });
}

/** The problems of a tool that prints them: nothing for exit code 0, else its output, at most 200 lines. */
export function toolProblems({ code, output }: ToolResult): string[] {
  if (code === 0) return [];
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return [`ended with code ${code ?? "none"} and said nothing`];
  return lines.length > 200 ? [...lines.slice(0, 200), `… and ${lines.length - 200} more lines`] : lines;
}
