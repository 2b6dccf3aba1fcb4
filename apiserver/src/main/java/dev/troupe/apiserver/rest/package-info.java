/// One handler for each verb of the API.
@NullMarked
package dev.troupe.apiserver.rest;

import org.jspecify.annotations.NullMarked;
