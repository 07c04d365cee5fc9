/* calib_criteria_log.js */
