/* calib_norms.js: step Norms of the calibration session. */

function normsView(app) {
  return stepTitle("Norms");
}
