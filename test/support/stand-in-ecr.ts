import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { ECRClient } from '@aws-sdk/client-ecr';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';

/** What ECR's `docker login` is done with. */
export const ECR_PASSWORD = 'a-password-that-nobody-may-see';
const REGISTRY = '000000000000.dkr.ecr.us-east-1.amazonaws.com';

const tag = z.strictObject({ Key: z.string(), Value: z.string() });
const nameSchema = z.looseObject({ repositoryName: z.string() });
const operations = {
  CreateRepository: z.strictObject({
    repositoryName: z.string(),
    imageTagMutability: z.literal('IMMUTABLE'),
    tags: z.array(tag),
  }),
  DescribeRepositories: z.strictObject({ repositoryNames: z.tuple([z.string()]) }),
  ListTagsForResource: z.strictObject({ resourceArn: z.string() }),
  DescribeImages: nameSchema.extend({ imageIds: z.tuple([z.strictObject({ imageTag: z.string() })]) }),
  DeleteRepository: nameSchema.extend({ force: z.literal(true) }),
};

/** A function's creation and its updates, as they arrive. */
const functionSchema = z.looseObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ ImageUri: z.string().optional(), ZipFile: z.string().optional() }).optional(),
  ImageUri: z.string().optional(),
  Tags: z.record(z.string(), z.string()).optional(),
});

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** ECR and the images of Lambda, as far as a deploy asks for them, over a socket. */
export interface StandInEcr {
  readonly clients: { readonly ecr: ECRClient; readonly lambda: LambdaClient };
  /** `CreateRepository`, `PUT /2015-03-31/functions/name/code`, ... in turn, those that change something. */
  readonly changes: () => readonly string[];
  /** Settings of the functions that exist. */
  readonly functions: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly repositories: Map<string, readonly z.infer<typeof tag>[]>;
  readonly stop: () => void;
}

/** @param pushed images by URI: those are in its repositories. */
export async function startStandInEcr(pushed: () => readonly string[]): Promise<StandInEcr> {
  const repositories: StandInEcr['repositories'] = new Map();
  const functions = new Map<string, Record<string, unknown>>();
  const changes: string[] = [];

  const ecr = (operation: string, input: unknown): Answer => {
    if (!/^(Describe|List|Get)/.test(operation)) changes.push(operation);
    const arn = (name: string) => `arn:aws:ecr:us-east-1:000000000000:repository/${name}`;
    switch (operation) {
      case 'GetAuthorizationToken': {
        const authorizationToken = Buffer.from(`AWS:${ECR_PASSWORD}`).toString('base64');
        return ok({ authorizationData: [{ authorizationToken, proxyEndpoint: `https://${REGISTRY}` }] });
      }
      case 'CreateRepository': {
        const { repositoryName, tags } = operations.CreateRepository.parse(input);
        repositories.set(repositoryName, tags);
        return ok({ repository: { repositoryName, repositoryArn: arn(repositoryName) } });
      }
      case 'DescribeRepositories': {
        const [name] = operations.DescribeRepositories.parse(input).repositoryNames;
        if (!repositories.has(name)) return refuse('RepositoryNotFoundException');
        return ok({ repositories: [{ repositoryName: name, repositoryArn: arn(name) }] });
      }
      case 'ListTagsForResource': {
        const { resourceArn } = operations.ListTagsForResource.parse(input);
        return ok({ tags: repositories.get(resourceArn.split('/')[1] ?? '') });
      }
      case 'DescribeImages': {
        const { repositoryName, imageIds } = operations.DescribeImages.parse(input);
        const { imageTag } = imageIds[0];
        if (!pushed().includes(`${REGISTRY}/${repositoryName}:${imageTag}`))
          return refuse('ImageNotFoundException');
        return ok({ imageDetails: [{ repositoryName, imageTags: [imageTag] }] });
      }
      case 'DeleteRepository':
        repositories.delete(operations.DeleteRepository.parse(input).repositoryName);
        return ok({});
      default:
        throw new Error(`The stand-in for ECR knows no ${operation}.`);
    }
  };

  const lambda = (method: string, path: string, input: unknown): Answer => {
    const [name = '', part] = path.split('/').slice(3);
    if (method !== 'GET') changes.push(`${method} ${path}`);
    const found = functions.get(name);
    if (method === 'POST' && name === '') {
      const { FunctionName = '', ...settings } = functionSchema.parse(input);
      functions.set(FunctionName, settings);
      return { status: 201, body: { FunctionName, State: 'Pending' } };
    }
    if (found === undefined) return refuse('ResourceNotFoundException', 404);
    if (method === 'DELETE') functions.delete(name);
    if (method === 'PUT') {
      const { ImageUri, ...settings } = functionSchema.parse(input);
      Object.assign(found, settings, ImageUri === undefined ? {} : { Code: { ImageUri } });
    }
    const { Code, Tags, ...settings } = found;
    const Configuration = {
      ...settings,
      FunctionName: name,
      State: 'Active',
      LastUpdateStatus: 'Successful',
    };
    return ok(part === 'configuration' ? Configuration : { Code, Tags, Configuration });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const target = headers['x-amz-target'];
    const input = headers['content-length'] === undefined ? {} : await json(request);
    const { status, body } =
      typeof target === 'string'
        ? ecr(target.replace('AmazonEC2ContainerRegistry_V20150921.', ''), input)
        : lambda(method, url, input);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const settings = {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'stand-in', secretAccessKey: 'stand-in' },
    maxAttempts: 1,
  };
  const clients = { ecr: new ECRClient(settings), lambda: new LambdaClient(settings) };
  const stop = (): void => {
    clients.ecr.destroy();
    clients.lambda.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { clients, changes: () => changes, functions, repositories, stop };
}

function ok(body: object): Answer {
  return { status: 200, body };
}

function refuse(name: string, status = 400): Answer {
  return { status, body: { __type: name, Code: name, message: `${name} of the stand-in`, Type: 'User' } };
}
