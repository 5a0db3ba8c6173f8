#!/usr/bin/env python3
"""Has ONNX's own checker read model/iris.onnx: apt-get install python3-onnx, then apps/iris/tools/check_onnx.py."""
import pathlib

import onnx

path = pathlib.Path(__file__).parent.parent / "model" / "iris.onnx"
# Loaded, not named: given a path, the checker of ONNX 1.12 rewrites the file.
model = onnx.load(path)
onnx.checker.check_model(model, full_check=True)
onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
operations = ", ".join(node.op_type for node in model.graph.node)
print(f"ONNX {onnx.__version__}: {path.name} is valid, IR version {model.ir_version}, "
      f"operators {model.opset_import[0].version}: {operations}")
