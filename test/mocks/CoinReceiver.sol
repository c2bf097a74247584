// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A contract that receives coin as it is told: it refuses, burns all gas, or calls somebody on the way.
contract CoinReceiver {
    enum Mode {
        Accepts,
        Refuses,
        BurnsGas
    }

    Mode public mode;
    address private _target;
    bytes private _call;
    bool public called;
    bool public succeeded;

    error Refused();

    receive() external payable {
        if (mode == Mode.Refuses) revert Refused();
        if (mode == Mode.BurnsGas) {
            while (gasleft() != 0) {}
        }
        if (_target != address(0) && !called) {
            called = true;
            (succeeded, ) = _target.call(_call);
        }
    }

    function setMode(Mode mode_) external {
        mode = mode_;
    }

    function setCall(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function execute(address target, uint256 value, bytes calldata data) external payable returns (bytes memory) {
        (bool success, bytes memory answer) = target.call{value: value}(data);
        if (!success) {
            assembly {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }
}
