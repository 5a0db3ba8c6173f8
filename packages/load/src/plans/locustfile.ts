import type { ClosedModel, LoadPlan, OpenModel, Stage } from '../model/plan.ts';
import { httpTargetOf } from './http-target.ts';

/** How many users stand for one request a second in Locust's rendering of an open model. */
const usersPerRate = 5;

/**
 * A locustfile that asks for the same load. A closed model is Locust's own: the command in the file's head gives users,
 * spawn rate and run time. Of an open model it is the nearest that Locust can do: users who each ask once in five
 * seconds, their number following the stages; where the target stalls for longer, Locust sends less than was due, which is
 * the very thing that an open model avoids.
 *
 * @throws LoadError where the target is not HTTP
 */
export function locustfile(plan: LoadPlan): string {
  const target = httpTargetOf(plan, 'Locust');
  const { origin, pathname, search } = new URL(target.url);
  const { model, name } = plan;
  const waitTime = model.kind === 'open' ? `constant_throughput(1 / ${usersPerRate})` : waitTimeOf(model);
  const options = [
    `name=${python(name)}`,
    `headers=${python(target.headers)}`,
    ...(target.body === null ? [] : [`data=${python(target.body)}.encode("utf-8")`]),
    `timeout=${plan.requestTimeoutMs / 1000}`,
    'allow_redirects=False',
  ];
  const shape = model.kind === 'open' ? shapeOf(model) : '';
  return `# ${model.kind === 'open' ? openCommand : closedCommand(model)}
from locust import HttpUser, LoadTestShape, between, constant, constant_throughput, task


class User(HttpUser):
    host = ${python(origin)}
    wait_time = ${waitTime}

    @task
    def request(self):
        self.client.request(${python(target.method)}, ${python(pathname + search)}, ${options.join(', ')})
${shape}`;
}

const openCommand = 'locust -f locustfile.py --headless --csv PREFIX --csv-full-history';

function closedCommand({ users, spawnRatePerSecond, runTimeMs }: ClosedModel): string {
  return `${openCommand} --users ${users} --spawn-rate ${spawnRatePerSecond} --run-time ${Math.ceil(runTimeMs / 1000)}s`;
}

function waitTimeOf({ thinkTime }: ClosedModel): string {
  return thinkTime.kind === 'constant'
    ? `constant(${thinkTime.thinkMs / 1000})`
    : `between(${thinkTime.minMs / 1000}, ${thinkTime.maxMs / 1000})`;
}

function shapeOf({ stages }: OpenModel): string {
  const tuples = stages.map(
    ({ durationMs, startRatePerSecond, endRatePerSecond }: Stage) =>
      `(${durationMs / 1000}, ${startRatePerSecond}, ${endRatePerSecond})`,
  );
  return `

class Stages(LoadTestShape):
    # Seconds, rate at the start, rate at the end.
    stages = [${tuples.join(', ')}]

    def tick(self):
        at = self.get_run_time()
        for seconds, start, end in self.stages:
            if at < seconds:
                users = max(1, round(${usersPerRate} * (start + (end - start) * at / seconds)))
                return users, max(1, users)
            at -= seconds
        return None
`;
}

/** JSON's texts and objects of texts are Python's as well. */
function python(value: string | Readonly<Record<string, string>>): string {
  return JSON.stringify(value);
}
