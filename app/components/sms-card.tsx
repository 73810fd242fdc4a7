import { Badge } from "@shopify/polaris";
import type { ReactNode } from "react";
import { TitledCard } from "./titled-card.tsx";

interface SmsCardProps {
  title: string;
  text?: string;
  /** A step that is done, or still open; left out where there is nothing to do. */
  step?: { done: boolean; label: string };
  children: ReactNode;
}

/** One card of the page about texts. */
export function SmsCard({ step, ...card }: SmsCardProps) {
  return (
    <TitledCard {...card} aside={step && <Badge tone={step.done ? "success" : "attention"}>{step.label}</Badge>} />
  );
}
