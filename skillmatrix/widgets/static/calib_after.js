/* calib_after.js: step After of the calibration session. */

function afterView(app) {
  return stepTitle("After");
}
