/** Finds many keywords in one pass over a text, whatever the case of its ASCII letters. */
interface Prefilter {
  /** Whether any keyword may occur; never misses one. Allocates nothing. */
  any(text: string): boolean;
  /** Tells of every possible occurrence: the keyword's index in the list, and where it ends (exclusive). */
  each(text: string, tell: (keyword: number, end: number) => void): void;
}

/** One column a byte. Of wider characters the low byte counts: it may raise a false alarm, and costs no branch. */
const width = 256;

/**
 * An Aho-Corasick automaton laid out as one table: a look-up per character, and one comparison that says whether the
 * state reports anything, because reporting states are numbered last.
 */
export function createPrefilter(keywords: readonly string[]): Prefilter {
  const { table, outputs, firstReporting } = layOut(buildTrie(keywords));

  const starts = firstThree(keywords);
  const beginsAt = (text: string, from: number): boolean => {
    let state = 0;
    for (let at = Math.max(0, from); at < text.length; at++) {
      state = table[(state << 8) | (text.charCodeAt(at) & 255)]!;
      if (state >= firstReporting) return true;
      if (state === 0) return false;
    }
    return false;
  };

  return {
    any(text) {
      let last = 0;
      for (let at = 0; at < text.length; at++) {
        last = ((last << 5) | (text.charCodeAt(at) & 31)) & 0x7fff;
        if (starts[last] === 1 && beginsAt(text, at - 2)) return true;
      }
      return false;
    },
    each(text, tell) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        state = table[(state << 8) | (text.charCodeAt(at) & 255)]!;
        if (state < firstReporting) continue;
        for (const keyword of outputs[state - firstReporting]!) tell(keyword, at + 1);
      }
    },
  };
}

/**
 * Which threes of characters a keyword begins with, five bits each (so that case does not count). Looking them up does
 * not wait for the look-up before, as the automaton does: most text is dismissed at twice its speed.
 */
function firstThree(keywords: readonly string[]): Uint8Array {
  const starts = new Uint8Array(32 ** 3);
  for (const keyword of keywords) {
    const [a, b, c] = [0, 1, 2].map((at) => keyword.charCodeAt(at) & 31) as [number, number, number];
    starts[(a << 10) | (b << 5) | c] = 1;
  }
  return starts;
}

interface State {
  children: Map<number, number>;
  /** The state of the longest proper suffix. */
  fallback: number;
  output: number[];
}

function buildTrie(keywords: readonly string[]): State[] {
  const fresh = (): State => ({ children: new Map(), fallback: 0, output: [] });
  const states = [fresh()];
  for (const [index, keyword] of keywords.entries()) {
    if (!/^[\x20-\x40[-~]{3,}$/.test(keyword)) {
      throw new RangeError(`A keyword is at least three characters of lower-case ASCII: ${JSON.stringify(keyword)}.`);
    }
    let state = states[0]!;
    for (const char of keyword) {
      const lower = char.charCodeAt(0);
      const child = state.children.get(lower) ?? states.push(fresh()) - 1;
      state.children.set(lower, child).set(char.toUpperCase().charCodeAt(0), child);
      state = states[child]!;
    }
    state.output.push(index);
  }
  return states;
}

/** Breadth first: a state goes where the state of its longest suffix goes, but for its own children. */
function transitions(states: readonly State[]): Uint16Array {
  if (states.length > 65_536) throw new RangeError('The keywords need more states than the table can number.');
  const table = new Uint16Array(states.length * width);
  const queue = new Set([0]);
  for (const number of queue) {
    const state = states[number]!;
    const suffix = table.slice(state.fallback * width, (state.fallback + 1) * width);
    table.set(suffix, number * width);
    for (const [byte, child] of state.children) {
      table[number * width + byte] = child;
      if (queue.has(child)) continue;
      const fallback = suffix[byte]!;
      states[child]!.fallback = fallback;
      states[child]!.output.push(...states[fallback]!.output);
      queue.add(child);
    }
  }
  return table;
}

/** Numbers the states anew, those that report last. */
function layOut(states: readonly State[]): { table: Uint16Array; outputs: number[][]; firstReporting: number } {
  // First, because it completes what each state reports.
  const before = transitions(states);
  const silent = [...states.keys()].filter((state) => states[state]!.output.length === 0);
  const reporting = [...states.keys()].filter((state) => states[state]!.output.length > 0);
  const order = [...silent, ...reporting];
  const numbers = new Uint16Array(states.length);
  for (const [number, state] of order.entries()) numbers[state] = number;
  const table = new Uint16Array(before.length);
  for (const [number, state] of order.entries()) {
    for (let byte = 0; byte < width; byte++) table[number * width + byte] = numbers[before[state * width + byte]!]!;
  }
  return { table, outputs: reporting.map((state) => states[state]!.output), firstReporting: silent.length };
}
