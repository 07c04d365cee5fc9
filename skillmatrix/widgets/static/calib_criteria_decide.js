/* calib_criteria_decide.js */
