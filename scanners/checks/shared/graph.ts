import type { Graph, Step } from '../../../src/sdk/index.ts';

/** Every step that can run after this one, itself excluded; a step that is switched off stops the way. */
export function downstream(graph: Graph, start: string): Step[] {
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  const next = Map.groupBy(graph.edges, (edge) => edge.from);
  const seen = new Set([start]);
  const found: Step[] = [];
  const queue = [start];
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const { to } of next.get(from) ?? []) {
      const step = steps.get(to);
      if (step === undefined || step.disabled === true || seen.has(to)) continue;
      seen.add(to);
      found.push(step);
      queue.push(to);
    }
  }
  return found;
}

/** Where a step stands in its document, for evidence. */
export function stepAt(
  record: { at?: { path?: string } },
  step: Step,
): { path?: string; pointer?: string; step: string } {
  return {
    ...(record.at?.path !== undefined && { path: record.at.path }),
    ...(step.pointer !== undefined && { pointer: step.pointer }),
    step: step.label,
  };
}
