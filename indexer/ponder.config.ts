// Ponder's generated types look for the configuration beside the schema; the root's file is the one to edit.
export { default } from "../ponder.config.ts";
