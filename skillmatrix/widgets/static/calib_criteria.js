/* calib_criteria.js: step Criteria of the calibration session. */

function criteriaView(app) {
  return stepTitle("Criteria");
}
