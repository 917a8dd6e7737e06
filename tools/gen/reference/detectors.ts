import { detectorsByFile } from '../../../scanners/secrets/index.ts';
import { bullets, code, page, plain, table } from '../markdown.ts';

/** docs/reference/detectors.md */
export function detectorsPage(): string {
  const all = Object.entries(detectorsByFile).flatMap(([file, list]) => list.map((detector) => ({ file, detector })));
  return page(
    'Secret detectors',
    'scanners/secrets/detectors',
    `There are ${all.length} detectors in ${Object.keys(detectorsByFile).length} files. Each has a pattern of bounded length that runs only near one of its keywords, and proves itself from samples that are made from a seed at test time. Besides them, \`scanners/secrets/structure.ts\` walks parsed documents by name and value, and finds literal values in fields whose name means a secret.`,
    bullets([
      '*Proof* is what can be proved without asking the vendor: a checksum or a structure. No detector ever calls a vendor.',
      'A value that is found is fingerprinted and masked at once, and never stored. See [SECURITY.md](../../SECURITY.md).',
    ]),
    table(
      ['Detector', 'Finds', 'Kind', 'Confidence', 'Proof', 'Keywords'],
      all.map(({ file, detector }) => [
        `[${detector.id}](../../scanners/secrets/detectors/${file}.ts)`,
        plain(detector.title),
        detector.type,
        detector.confidence,
        detector.prove ? 'yes' : '',
        detector.keywords.map(code).join(' '),
      ]),
    ),
  );
}
