// Writes the report's types in TypeScript from its JSON Schema:
//
//   node xtask/node/types.mjs docs/report.schema.json

import { readFileSync } from "node:fs";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const parts = Object.entries({ Report: schema, ...schema.$defs });
process.stdout.write(`// Made of report.schema.json.\n\n${parts.map(([name, part]) => declaration(name, part)).join("\n")}`);

function declaration(name, part) {
  const head = comment(part.description, "");
  if (!part.properties) return `${head}export type ${name} = ${type(part)};\n`;
  const fields = Object.entries(part.properties).map(([field, value]) => {
    const optional = part.required?.includes(field) ? "" : "?";
    return `${comment(value.description, "  ")}  ${field}${optional}: ${type(value)};\n`;
  });
  return `${head}export interface ${name} {\n${fields.join("")}}\n`;
}

function comment(text, indentation) {
  return text ? `${indentation}/** ${text.replaceAll("*/", "* /")} */\n` : "";
}

function type(part) {
  if ("const" in part) return JSON.stringify(part.const);
  if (part.enum) return part.enum.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = part.oneOf ?? part.anyOf;
  if (alternatives) return alternatives.map(type).join(" | ");
  if (part.$ref) return part.$ref.replace("#/$defs/", "");
  const names = [part.type].flat();
  return names.map((name) => named(name, part)).join(" | ");
}

function named(name, part) {
  switch (name) {
    case "array":
      return `Array<${type(part.items)}>`;
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
    case "null":
      return name;
    default:
      throw new Error(`the schema has a type that is not known here: ${JSON.stringify(part)}`);
  }
}
