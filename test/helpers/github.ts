import { github } from '../../connectors/github/index.ts';
import type { Coverage } from '../../src/core/coverage.ts';
import { vendor, type Otherwise } from '../vendors/github.ts';
import { readLive, type LiveOptions, type LiveRead } from './live.ts';
import type { VendorAnswer } from './vendor.ts';

/** Reads these streams of the made-up organisation. */
export async function read(
  streams: readonly string[],
  otherwise: Otherwise = {},
  options: LiveOptions = {},
): Promise<LiveRead & { outcome(stream: string): Coverage | undefined }> {
  const chosen = Object.entries(github.streams).filter(([id]) => streams.includes(id));
  const all = await readLive({ ...github, streams: Object.fromEntries(chosen) }, vendor(otherwise), options);
  return { ...all, outcome: (stream) => all.coverage.find((each) => each.stream === stream) };
}

/** Answers so at these paths alone. */
export function only(path: RegExp, answer: VendorAnswer): NonNullable<LiveOptions['tamper']> {
  return (request, usual) => (path.test(request.path) ? answer : usual);
}
