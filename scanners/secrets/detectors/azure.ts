import { defineDetector, instant, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Azure hands out. */
export const azure: readonly Detector[] = [
  defineDetector({
    id: 'azure-storage-key',
    title: 'Azure Storage account key',
    provider: 'azure',
    type: 'access-key',
    confidence: 'high',
    keywords: ['accountkey='],
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/gi,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=',
            `${sample.alnum(86)}==`,
            ';EndpointSuffix=core.windows.net',
          ),
      ],
      ignores: ['AccountKey=@parameters(key)'],
    },
  }),
  defineDetector({
    id: 'azure-shared-access-key',
    title: 'Azure shared access key of a namespace or hub',
    provider: 'azure',
    type: 'access-key',
    confidence: 'high',
    keywords: ['sharedaccesskey='],
    pattern: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)/gi,
    span: 70,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=',
            `${sample.alnum(43)}=`,
          ),
      ],
      ignores: ['SharedAccessKey=<key>'],
    },
  }),
  defineDetector({
    id: 'azure-sas-signature',
    title: 'Azure shared access signature',
    provider: 'azure',
    type: 'access-key',
    confidence: 'high',
    keywords: ['sig='],
    pattern:
      /[?&](?:sv|se|sp|sr|st|spr|ss|srt)=[\w%:.&=+-]{0,400}?\bsig=(?<secret>[A-Za-z0-9%+/=]{43,90})(?![\w%])(?:&s[a-z]{1,3}=[\w%:.+-]{1,60}){0,6}/g,
    span: 920,
    prove: (_, match) => signedExpiry(match),
    examples: {
      finds: [
        (sample) =>
          sampled(
            'https://acme.blob.core.windows.net/c?sv=2023-01-03&se=2030-01-01&sr=c&sp=r&sig=',
            `${sample.alnum(43)}%3D`,
          ),
      ],
      ignores: ['?sv=2023-01-03&sig=@{variables(1)}'],
    },
  }),
  defineDetector({
    id: 'azure-client-secret',
    title: 'Microsoft Entra client secret',
    provider: 'azure',
    type: 'client-secret',
    confidence: 'high',
    keywords: ['0q~', '1q~', '2q~', '3q~', '4q~', '5q~', '6q~', '7q~', '8q~', '9q~'],
    pattern: /(?<![\w~.-])(?<secret>[A-Za-z0-9_~.]{3}\dQ~[\w~.-]{31,34})(?![\w~-])/g,
    span: 60,
    examples: {
      finds: [(sample) => sampled('client_secret: ', `${sample.alnum(3)}8Q~${sample.alnum(34)}`)],
      ignores: ['Q~ is a marker'],
    },
  }),
  defineDetector({
    id: 'azure-devops-pat',
    title: 'Azure DevOps personal access token',
    provider: 'azure',
    type: 'pat',
    confidence: 'high',
    keywords: ['azdo'],
    pattern: /(?<![A-Za-z0-9])(?<secret>[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})(?![A-Za-z0-9])/g,
    span: 110,
    examples: {
      finds: [(sample) => sampled('PAT=', `${sample.alnum(76)}AZDO${sample.alnum(4)}`)],
      ignores: ['AZDO_PERSONAL_ACCESS_TOKEN'],
    },
  }),
  defineDetector({
    id: 'azure-function-key',
    title: 'Azure Functions key in a URL',
    provider: 'azure',
    type: 'api-key',
    confidence: 'high',
    keywords: ['azurewebsites.net'],
    pattern: /azurewebsites\.net\/[\w/.%-]{1,160}\?[\w=&.%-]{0,160}?\bcode=(?<secret>[\w%/+-]{40,90}={0,2})/g,
    span: 460,
    examples: {
      finds: [(sample) => sampled('https://acme.azurewebsites.net/api/hook?code=', `${sample.base64url(54)}==`)],
      ignores: ['https://acme.azurewebsites.net/api/hook?code={{key}}'],
    },
  }),
  defineDetector({
    id: 'azure-openai-key',
    title: 'Azure AI services key',
    provider: 'azure',
    type: 'api-key',
    confidence: 'high',
    keywords: ['jqqj99', 'jqqaa'],
    pattern: /(?<![A-Za-z0-9])(?<secret>[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26})(?![A-Za-z0-9])/g,
    span: 110,
    examples: {
      finds: [(sample) => sampled('api-key: ', `${sample.alnum(52)}JQQJ99${sample.alnum(26)}`)],
      ignores: ['JQQJ99'],
    },
  }),
];

/** `se` is the signed expiry: https://learn.microsoft.com/rest/api/storageservices/create-account-sas */
function signedExpiry(query: string): { expiresAt?: number } {
  const expiresAt = instant(/[?&]se=([\dTZ:.-]{10,30})(?![\w%])/.exec(query.replaceAll(/%3a/gi, ':'))?.[1]);
  return expiresAt === undefined ? {} : { expiresAt };
}
