import { escapeMarkup } from '../escape.ts';
import type { ClosedModel, LoadPlan, OpenModel } from '../model/plan.ts';
import type { HttpSettings } from '../senders/settings.ts';
import { httpTargetOf } from './http-target.ts';

/**
 * A .jmx plan for JMeter 5.5 or later that asks for the same load: `jmeter -n -t plan.jmx -l out.jtl`. An open model
 * becomes an Open Model Thread Group (JMeter knows no bound for what is in flight there), a closed one a Thread Group.
 * Random arrivals are drawn by JMeter's own generator: as many on average, not at the same times.
 *
 * @throws LoadError where the target is not HTTP
 */
export function jmeterPlan(plan: LoadPlan): string {
  const target = httpTargetOf(plan, 'JMeter');
  const { model } = plan;
  return `<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">
  <hashTree>
    <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="${xml(plan.name)}" enabled="true">
      <elementProp name="TestPlan.user_defined_variables" elementType="Arguments"><collectionProp name="Arguments.arguments"/></elementProp>
    </TestPlan>
    <hashTree>
${model.kind === 'open' ? openGroup(model, plan.requestTimeoutMs) : closedGroup(model)}
      <hashTree>
${sampler(plan, target)}
        <hashTree>
          <HeaderManager guiclass="HeaderPanel" testclass="HeaderManager" testname="Headers" enabled="true">
            <collectionProp name="HeaderManager.headers">${headers(target)}</collectionProp>
          </HeaderManager>
          <hashTree/>${model.kind === 'closed' ? thinkTimer(model) : ''}
        </hashTree>
      </hashTree>
    </hashTree>
  </hashTree>
</jmeterTestPlan>
`;
}

/** The schedule in JMeter's words; a rate on both sides of a stage makes a ramp, and the pause at the end lets requests finish. */
function schedule({ stages, arrivals }: OpenModel, requestTimeoutMs: number): string {
  const word = arrivals === 'even' ? 'even_arrivals' : 'random_arrivals';
  const steps = stages.map(
    ({ durationMs, startRatePerSecond, endRatePerSecond }) =>
      `rate(${decimal(startRatePerSecond)}/s) ${word}(${decimal(durationMs)} ms) rate(${decimal(endRatePerSecond)}/s)`,
  );
  return `${steps.join(' ')} pause(${decimal(requestTimeoutMs)} ms)`;
}

/** JMeter reads digits and a point, no exponent. */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}

function openGroup(model: OpenModel, requestTimeoutMs: number): string {
  return `      <OpenModelThreadGroup guiclass="OpenModelThreadGroupGui" testclass="OpenModelThreadGroup" testname="Open Model Thread Group" enabled="true">
        <elementProp name="ThreadGroup.main_controller" elementType="OpenModelThreadGroupController"/>
        <stringProp name="OpenModelThreadGroup.schedule">${schedule(model, requestTimeoutMs)}</stringProp>
        <longProp name="OpenModelThreadGroup.random_seed">${model.seed}</longProp>
      </OpenModelThreadGroup>`;
}

function closedGroup({ users, spawnRatePerSecond, runTimeMs }: ClosedModel): string {
  return `      <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="Thread Group" enabled="true">
        <stringProp name="ThreadGroup.num_threads">${users}</stringProp>
        <stringProp name="ThreadGroup.ramp_time">${Math.ceil(users / spawnRatePerSecond)}</stringProp>
        <boolProp name="ThreadGroup.scheduler">true</boolProp>
        <stringProp name="ThreadGroup.duration">${Math.ceil(runTimeMs / 1000)}</stringProp>
        <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController">
          <intProp name="LoopController.loops">-1</intProp>
          <boolProp name="LoopController.continue_forever">false</boolProp>
        </elementProp>
      </ThreadGroup>`;
}

/** A timer waits before each request, so also before a thread's first, where our users ask at once. */
function thinkTimer({ thinkTime }: ClosedModel): string {
  const [delayMs, rangeMs] =
    thinkTime.kind === 'constant'
      ? [thinkTime.thinkMs, 0]
      : [thinkTime.minMs, thinkTime.maxMs - thinkTime.minMs];
  return `
          <UniformRandomTimer guiclass="UniformRandomTimerGui" testclass="UniformRandomTimer" testname="Think time" enabled="true">
            <stringProp name="ConstantTimer.delay">${Math.round(delayMs)}</stringProp>
            <stringProp name="RandomTimer.range">${decimal(rangeMs)}</stringProp>
          </UniformRandomTimer>
          <hashTree/>`;
}

function sampler({ name, requestTimeoutMs }: LoadPlan, { url, method, body }: HttpSettings): string {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const argument =
    body === null
      ? ''
      : `<elementProp name="" elementType="HTTPArgument"><boolProp name="HTTPArgument.always_encode">false</boolProp><stringProp name="Argument.value">${xml(body)}</stringProp><stringProp name="Argument.metadata">=</stringProp></elementProp>`;
  return `        <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="${xml(name)}" enabled="true">
          <boolProp name="HTTPSampler.postBodyRaw">${body !== null}</boolProp>
          <elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments">${argument}</collectionProp></elementProp>
          <stringProp name="HTTPSampler.protocol">${protocol.slice(0, -1)}</stringProp>
          <stringProp name="HTTPSampler.domain">${xml(hostname)}</stringProp>
          <stringProp name="HTTPSampler.port">${port}</stringProp>
          <stringProp name="HTTPSampler.path">${xml(pathname + search)}</stringProp>
          <stringProp name="HTTPSampler.method">${method}</stringProp>
          <boolProp name="HTTPSampler.follow_redirects">false</boolProp>
          <boolProp name="HTTPSampler.use_keepalive">true</boolProp>
          <stringProp name="HTTPSampler.response_timeout">${Math.ceil(requestTimeoutMs)}</stringProp>
        </HTTPSamplerProxy>`;
}

function headers(target: HttpSettings): string {
  return Object.entries(target.headers)
    .map(
      ([name, value]) =>
        `<elementProp name="" elementType="Header"><stringProp name="Header.name">${xml(name)}</stringProp><stringProp name="Header.value">${xml(value)}</stringProp></elementProp>`,
    )
    .join('');
}

/** Also keeps JMeter from taking a text for one of its own expressions: it reads a backslash before ${ as no expression. */
function xml(text: string): string {
  return escapeMarkup(text.replace(/\$\{/g, '\\${')).replace(/\n/g, '&#10;');
}
