import { useId } from "react";
import { useFormats } from "./formats.ts";

export interface IntervalRow {
  key: string;
  label: string;
  /** What was said, 0…1; null where nothing was. */
  said: number | null;
  was: { share: number; low: number; high: number } | null;
}

const WIDTH = 240;
const ROW = 24;
const LEFT = 8;
const SCALE = WIDTH - 2 * LEFT;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface IntervalPlotProps {
  title: string;
  /** What the picture shows, in a sentence; the figures stand in the table beside it. */
  text: string;
  rows: readonly IntervalRow[];
}

/**
 * What was said (a stroke) and what it was (a dot, with the line of what chance alone could make of it), a row for each.
 * Where the line crosses the stroke, the promise holds.
 */
export function IntervalPlot({ title, text, rows }: IntervalPlotProps) {
  const { percent } = useFormats();
  const id = useId();
  const height = rows.length * ROW + 20;
  return (
    <svg
      aria-labelledby={`${id}t ${id}d`}
      role="img"
      style={{ display: "block", width: "100%", maxWidth: "30rem", height: "auto" }}
      viewBox={`0 0 ${WIDTH} ${height}`}
    >
      <title id={`${id}t`}>{title}</title>
      <desc id={`${id}d`}>{text}</desc>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line stroke="var(--p-color-border-secondary)" x1={at(tick)} x2={at(tick)} y1="0" y2={height - 16} />
          <text
            fill="var(--p-color-text-secondary)"
            fontSize="8"
            textAnchor={anchorOf(tick)}
            x={at(tick)}
            y={height - 5}
          >
            {percent(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, position) => (
        <Interval key={row.key} row={row} y={position * ROW + ROW / 2} />
      ))}
    </svg>
  );
}

function Interval({ row, y }: { row: IntervalRow; y: number }) {
  const { label, said, was } = row;
  return (
    <g>
      <text fill="var(--p-color-text-secondary)" fontSize="8" x={LEFT} y={y - 5}>
        {label.slice(0, 40)}
      </text>
      {was && (
        <>
          <line stroke="var(--p-color-icon)" strokeWidth="2" x1={at(was.low)} x2={at(was.high)} y1={y + 3} y2={y + 3} />
          <circle cx={at(was.share)} cy={y + 3} fill="var(--p-color-bg-fill-brand)" r="3.5" />
        </>
      )}
      {said !== null && (
        <line stroke="var(--p-color-text-caution)" strokeWidth="2" x1={at(said)} x2={at(said)} y1={y - 2} y2={y + 8} />
      )}
    </g>
  );
}

const at = (share: number): number => LEFT + share * SCALE;

function anchorOf(tick: number): "start" | "middle" | "end" {
  if (tick === 0) return "start";
  return tick === 1 ? "end" : "middle";
}
