import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csdl } from './csdl.ts';

const metadata = `<edmx:DataServices>
  <Schema Namespace="microsoft.graph" Alias="graph">
    <EntityType Name="thing" Abstract="true"><Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>
    <EntityType Name="plain" BaseType="graph.thing" />
    <EntityType Name="user" BaseType="graph.thing" OpenType="true"><Property Name="mail" Type="Edm.String" /></EntityType>
    <EntityContainer Name="GraphService"><EntitySet Name="users" EntityType="microsoft.graph.user" /></EntityContainer>
  </Schema>
  <Schema Namespace="microsoft.graph.elsewhere">
    <EntityType Name="user"><Property Name="other" Type="Edm.String" /></EntityType>
  </Schema>
</edmx:DataServices>`;

test('a type is read to its own end, with its base, and only in Graph’s own namespace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'csdl-'));
  try {
    const file = join(folder, 'metadata.csdl');
    writeFileSync(file, metadata);
    const users = csdl(file, ['GET /users']).get('GET /users')?.();
    expect(users?.answer?.properties?.['value']?.items?.properties).toEqual({
      id: { type: 'string' },
      mail: { type: 'string', nullable: true },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
