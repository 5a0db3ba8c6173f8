export type { ArmValues } from './build/arm-values.ts';
export { type BarsRequest, barsChart } from './build/bars.ts';
export { type BreakEvenRequest, breakEvenChart, type CostCurves } from './build/break-even.ts';
export { type DistributionRequest, distributionChart } from './build/distribution.ts';
export { type EcdfRequest, ecdfChart } from './build/ecdf.ts';
export { eventListChart } from './build/event-list.ts';
export type { EventListRequest, MarkedInterval, TimedEvent } from './build/event-rows.ts';
export { forestChart } from './build/forest.ts';
export type { ForestRequest } from './build/forest-rows.ts';
export { ganttChart } from './build/gantt.ts';
export type { GanttRequest, GanttRun, GanttSpan, SpanKind } from './build/gantt-request.ts';
export { groupedBarsChart } from './build/grouped-bars.ts';
export type { GroupedBarsRequest } from './build/grouped-bars-rows.ts';
export type { ChartHeading, Measure } from './build/heading.ts';
export { histogramChart } from './build/histogram.ts';
export type { HistogramRequest } from './build/histogram-groups.ts';
export { percentilesOverTimeChart } from './build/percentiles-over-time.ts';
export { scatterChart } from './build/scatter.ts';
export type { ScatterRequest } from './build/scatter-request.ts';
export { shareBarsChart } from './build/share-bars.ts';
export type { ShareBarsRequest } from './build/share-bars-request.ts';
export { type StackedBarsRequest, stackedBarsChart } from './build/stacked-bars.ts';
export { sweepChart } from './build/sweep.ts';
export type { SweepRequest, SweepSeries, SweepStep } from './build/sweep-curves.ts';
export { tableChart } from './build/table.ts';
export type { TableRequest } from './build/table-request.ts';
export type { EndedSample, PercentilesOverTimeRequest } from './build/time-windows.ts';
export { type TimelineRequest, type TimelineSample, timelineChart } from './build/timeline.ts';
export { type TranscriptRequest, transcriptChart } from './build/transcript.ts';
export type { TranscriptPart } from './build/transcript-lines.ts';
export { workflowChart } from './build/workflow.ts';
export type { WorkflowEdge, WorkflowNode, WorkflowRequest } from './build/workflow-request.ts';
export type { Chart, ChartInput, DataTable } from './chart.ts';
export { CHARTS } from './charts/all.ts';
export type { DrawnChart } from './drawn-chart.ts';
export { drawnFrom } from './drawn-from.ts';
export { ChartError } from './errors.ts';
export { escapeHtml, textHtml } from './escape.ts';
export { displayText, formatCount, formatNumber, plural } from './format.ts';
export { drawSampleText } from './render/sample-text.ts';
export { renderChart, renderCharts, renderDrawnChart } from './render-charts.ts';
export { tableHtml } from './report/data-table.ts';
export { interactiveScripts, interactiveSpec, isZoomable } from './report/interactive.ts';
export type { OtherRun, UnreadableRun } from './report/other-run.ts';
export type { MainComparison } from './report/page.ts';
export { PAGE_STYLE } from './report/style.ts';
export type { Finding, Verdict } from './report/verdict.ts';
export { type Bar, terminalBars } from './terminal/bars.ts';
export { type BoxGroup, terminalBoxPlots } from './terminal/box-plots.ts';
export { terminalCharts } from './terminal/comparison.ts';
export {
  type Line,
  lineText,
  type Segment,
  type SegmentRole,
  type TerminalOptions,
} from './terminal/line.ts';
export { type TerminalRun, terminalRun } from './terminal/run.ts';
