/* calib_review.js: step Review of the calibration session. */

function reviewView(app) {
  return stepTitle("Review");
}
