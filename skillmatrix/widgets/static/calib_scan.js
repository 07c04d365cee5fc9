/* calib_scan.js: step Scan of the calibration session. */

function scanView(app) {
  return stepTitle("Scan");
}
