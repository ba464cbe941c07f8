/**
 * The 54 columns of CareLink's current export with their names as it writes them; only the units in them vary. In a
 * table of raw rows (see `writeRaw.ts`) three of them have names of the older export.
 * Source: CareLink export sheet §4, §6 "columns (order of the 54-column file)".
 */
import type { GlucoseUnits } from '#records/units.ts'

/** What the columns of one table are in. */
export interface ColumnUnits {
  readonly glucose: GlucoseUnits
  readonly carbs: 'grams' | 'exchanges'
}

/** (u): unit of glucose, (ratio) and (carbs): units of the bolus calculator. */
const COLUMNS = [
  'Index;Date;Time;New Device Time;BG Source;BG Reading (u);Linked BG Meter ID;Basal Rate (U/h);Temp Basal Amount',
  'Temp Basal Type;Temp Basal Duration (h:mm:ss);Bolus Type;Bolus Volume Selected (U);Bolus Volume Delivered (U)',
  'Bolus Duration (h:mm:ss);Prime Type;Prime Volume Delivered (U);Estimated Reservoir Volume after Fill (U);Alert',
  'User Cleared Alerts;Suspend;Rewind;BWZ Estimate (U);BWZ Target High BG (u);BWZ Target Low BG (u)',
  'BWZ Carb Ratio (ratio);BWZ Insulin Sensitivity (u/U);BWZ Carb Input (carbs);BWZ BG/SG Input (u)',
  'BWZ Correction Estimate (U);BWZ Food Estimate (U);BWZ Active Insulin (U);BWZ Status;Sensor Calibration BG (u)',
  'Sensor Glucose (u);ISIG Value;Event Marker;Bolus Number;Bolus Cancellation Reason;BWZ Unabsorbed Insulin Total (U)',
  'Final Bolus Estimate;Scroll Step Size;Insulin Action Curve Time;Sensor Calibration Rejected Reason;Preset Bolus',
  'Bolus Source;BLE Network Device;Device Update Event;Network Device Associated Reason',
  'Network Device Disassociated Reason;Network Device Disconnected Reason;Sensor Exception;Preset Temp Basal Name',
  'Sensor State',
].join(';')

/** Columns of words, in whose places the raw ones stand: nobody finds a number there, and tables stay equally wide. */
const RAW_NAMES: ReadonlyMap<string, string> = new Map([
  ['Sensor Exception', 'Raw-Type'],
  ['Preset Temp Basal Name', 'Raw-Values'],
  ['Sensor State', 'Raw-Device Type'],
])

/** The names of a table of raw rows. */
export const rawColumnNames = (units: ColumnUnits): readonly string[] =>
  columnNames(units).map(name => RAW_NAMES.get(name) ?? name)

/** The names in their order. */
export const columnNames = ({ glucose, carbs }: ColumnUnits): readonly string[] =>
  COLUMNS.replaceAll(/\(u(?=[/)])/g, `(${glucose}`)
    .replace('(ratio)', carbs === 'grams' ? '(g/U)' : '(U/Ex)')
    .replace('(carbs)', `(${carbs})`)
    .split(';')
