/// The controllers of a Kubernetes control plane.
@NullMarked
package dev.troupe.controllers;

import org.jspecify.annotations.NullMarked;
