/* calib_criteria_again.js */
