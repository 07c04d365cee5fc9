/* calib_collect.js: step Collect of the calibration session. */

function collectView(app) {
  return stepTitle("Collect");
}
