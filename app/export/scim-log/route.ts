import { callFilter } from "lib/exchanges/schema";
import { exportRoute } from "lib/gates/export-route";
import { exportedColumns, listExportedCalls } from "lib/provisioning/list-exported-calls";

export const GET = exportRoute({
  action: "activity:read",
  name: "SCIM log",
  filter: callFilter,
  columns: exportedColumns,
  pages: listExportedCalls,
});
