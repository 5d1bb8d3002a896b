"""The bundled sample day."""
