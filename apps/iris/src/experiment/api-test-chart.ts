import { type DrawnChart, transcriptChart } from '@skyground/charts';
import type { Exchange } from './phases/api-test.ts';

/** Headers that say something of the request; the others differ from gateway to gateway. */
const shownHeaders = /^(?:content-type|x-lambda-request-id|x-amzn-requestid|x-amzn-trace-id)$/;

/** The API test as a terminal would show it: the course's curl line, and what came back. */
export function apiTestChart(exchange: Exchange | undefined, lines: readonly string[]): DrawnChart {
  return transcriptChart({
    id: 'part1_api_test',
    title: 'API test',
    lines,
    parts: exchange === undefined ? [] : partsOf(exchange),
    remark: 'What was sent and what came back, word for word; some headers are left out.',
  });
}

function partsOf({ request, answer }: Exchange) {
  const headers = Object.entries(answer.headers).filter(([name]) => shownHeaders.test(name));
  return [
    {
      role: 'command',
      text: `curl --include --header "Content-Type: application/json" --request ${request.method} --data '${request.body}' ${request.url}`,
    },
    {
      role: 'answer',
      text: [`HTTP ${answer.status}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n'),
    },
    { role: 'answer', text: answer.body },
  ] as const;
}
