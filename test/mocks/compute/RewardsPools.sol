// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Takes the rewards of delegation pools as the delegation does, or refuses them.
contract RewardsPools {
    error Refused(uint256 provisionId);

    IERC20 private immutable _TOKEN;

    mapping(uint256 provisionId => uint256) public rewardsOf;
    bool public isRefusing;
    address private _target;
    bytes private _call;

    constructor(IERC20 token) {
        _TOKEN = token;
    }

    function refuse(bool isRefusing_) external {
        isRefusing = isRefusing_;
    }

    /// @dev Calls `target` while it is called.
    function callBack(address target, bytes calldata data) external {
        (_target, _call) = (target, data);
    }

    function addRewards(uint256 provisionId, uint256 amount) external {
        if (isRefusing) revert Refused(provisionId);
        rewardsOf[provisionId] += amount;
        _TOKEN.transferFrom(msg.sender, address(this), amount);
        if (_target == address(0)) return;
        (bool success, bytes memory answer) = _target.call(_call);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }
}
