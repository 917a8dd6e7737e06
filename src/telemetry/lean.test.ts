import { expect, test, vi } from 'vitest';
import { lean } from './lean.ts';

test('tells what it is told, looks at the memory at each page, and not any more once it has grown', () => {
  const told: unknown[] = [];
  const sizes = [100, 100, 170, 999].map((size) => size * 2 ** 20);
  const size = vi.fn(() => sizes.shift() ?? 0);
  const tighten = vi.fn();
  const progress = lean(
    {
      stage: (name) => void told.push(name),
      stream: ({ items }) => void told.push(items),
      count: (name, items) => void told.push(`${name} ${items}`),
    },
    { size, tighten },
  );
  progress.stage('collect');
  for (const items of [1, 2]) progress.stream({ source: 's', stream: 't', items });
  expect(tighten).not.toHaveBeenCalled();
  progress.count('assess', 3);
  progress.count('assess', 4);
  expect(told).toEqual(['collect', 1, 2, 'assess 3', 'assess 4']);
  expect(tighten).toHaveBeenCalledOnce();
  expect(size).toHaveBeenCalledTimes(3);
});
