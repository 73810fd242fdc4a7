import { useEffect, useRef } from "react";

interface Answering<Answer> {
  state: string;
  data: Answer | undefined;
}

/** Calls back once for every answer that a fetcher gets, with the callback of the newest render. */
export function useAnswer<Answer>({ state, data }: Answering<Answer>, onAnswer: (answer: Answer) => void): void {
  const latest = useRef(onAnswer);
  useEffect(() => {
    latest.current = onAnswer;
  });
  useEffect(() => {
    if (state === "idle" && data !== undefined) latest.current(data);
  }, [state, data]);
}
