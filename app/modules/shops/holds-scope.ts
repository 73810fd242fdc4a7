/** Whether these granted scopes include this one; a write scope includes the read scope of the same name. */
export function holdsScope(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_"));
}
