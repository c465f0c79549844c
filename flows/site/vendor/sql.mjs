export {AsyncDuckDB, ConsoleLogger, DuckDBDataProtocol, LogLevel, VoidLogger} from "@duckdb/duckdb-wasm";
