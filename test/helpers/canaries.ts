import { detectors } from '../../scanners/secrets/index.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import type { Canary } from './byte-search.ts';

/** A secret with the text around it that a detector recognises it by. */
export interface Sample {
  text: string;
  secret: string;
  detector: string;
}

const makers = detectors.flatMap(({ id, examples }) => examples.finds.map((make) => ({ id, make })));

/** How many kinds of secret the detectors know how to make. */
export const kindsOfSecret = makers.length;

/** Makes fresh secrets for ever, each planted in a place that it remembers. */
export interface Nursery {
  /** The next kind of secret in turn, fresh; only of kinds that `fits` allows. */
  known(place: string, fits?: (sample: Sample) => boolean): Sample;
  /** A value whose shape no detector can know. */
  unknown(place: string): string;
  readonly planted: readonly Canary[];
  /** Texts in which only what is public about each kind repeats. */
  readonly open: readonly string[];
}

/** The same seed plants the same canaries. */
export function nursery(seed: number): Nursery {
  const planted: Canary[] = [];
  let turn = 0;
  const sample = (number: number, from: number): Sample => {
    const { id, make } = makers[number % makers.length] as (typeof makers)[number];
    return { ...make(seeded(from)), detector: id };
  };
  return {
    planted,
    // What two unrelated secrets of a kind share is its public form.
    open: makers.flatMap((_maker, number) =>
      [1, 2, 3, 4, 5, 6].map((other) => sample(number, seed * 7_919 - other).secret),
    ),
    known(place, fits = () => true) {
      for (let tries = 0; tries < makers.length; tries++) {
        const made = sample(turn, seed + 104_729 * ++turn);
        if (!fits(made)) continue;
        planted.push({ value: made.secret, place: `${place} (${made.detector})` });
        return made;
      }
      throw new Error(`no kind of secret fits ${place}`);
    },
    unknown(place) {
      const source = seeded(seed + 15_485_863 * ++turn);
      const value = `${source.chars('bcdfghjklmnpqrstvwxz', 1)}${source.chars('0123456789bcdfghjklmnpqrstvwxz', 23)}`;
      planted.push({ value, place });
      return value;
    },
  };
}
