// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice An ERC-20 that calls somebody at each approval and transfer, and remembers whether the call went through.
contract HookToken is ERC20("Hook", "HOOK") {
    address private _target;
    bytes private _call;
    bool private _entered;
    uint256 public succeeded;
    uint256 public failed;
    bytes public lastFailure;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Makes `data` the call to `target` from now on; a zero target for none.
    function setHook(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function approve(address spender, uint256 amount) public override returns (bool) {
        _hook();
        return super.approve(spender, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        _hook();
    }

    function _hook() private {
        if (_target == address(0) || _entered) return;
        _entered = true;
        (bool success, bytes memory answer) = _target.call(_call);
        if (success) {
            ++succeeded;
        } else {
            ++failed;
            lastFailure = answer;
        }
        _entered = false;
    }
}
