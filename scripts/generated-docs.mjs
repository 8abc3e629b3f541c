/** The documents that are made from the schemas: path and text of each. */
export async function generatedDocs() {
  const { renderReference, scenarioJsonSchema, sweepJsonSchema } = await import("@loadstar/scenario");
  return [
    { file: "packages/scenario/SCENARIO.md", text: renderReference(scenarioJsonSchema(), "Scenario files") },
    { file: "packages/scenario/SWEEP.md", text: renderReference(sweepJsonSchema(), "Sweep files") },
  ];
}
