/** Each thing once, in its newest state: a source that names one twice must not make one statement write a row twice. */
export function newestOfEach<Snapshot extends { id: string; updatedAt: Date }>(
  snapshots: readonly Snapshot[],
): Snapshot[] {
  const newest = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const other = newest.get(snapshot.id);
    if (!other || other.updatedAt <= snapshot.updatedAt) newest.set(snapshot.id, snapshot);
  }
  return [...newest.values()];
}
